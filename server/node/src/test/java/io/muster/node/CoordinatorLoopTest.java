package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.muster.coordinator.Coordinator;
import io.muster.coordinator.CoordinatorFacts;
import io.muster.log.Asker;
import io.muster.log.CommittedBatch;
import io.muster.log.Entries;
import io.muster.log.Envelope;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.log.TestProposal;
import io.muster.state.ClusterCommand;
import io.muster.state.ClusterState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// A node without its state thread would vote and answer as if nothing were wrong.
@Timeout(60)
final class CoordinatorLoopTest {
    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private final CoordinatorLoop loop =
            new CoordinatorLoop("node-1", _ -> CoordinatorFacts.alone(0, List.of()), failures::add);

    @BeforeEach
    void start() {
        loop.start(new Coordinator(new NodeId("node-1"), _ -> {}, loop, _ -> {}, loop));
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void an_act_that_throws_an_error_stops_the_node_and_is_named() throws InterruptedException {
        loop.execute(() -> {
            throw new StackOverflowError("an act that calls itself");
        });

        assertThat(failures.take()).contains("the state machine stopped").contains("an act that calls itself");
    }

    @Test
    void an_act_for_a_request_that_throws_ends_the_request_and_is_counted() throws Exception {
        loop.execute(() -> {
            throw new IllegalStateException("a check that was forgotten");
        });
        loop.withCoordinator(_ -> {
            throw new IllegalArgumentException("another one");
        });

        assertThat(loop.read(_ -> "still here").toCompletableFuture().get()).isEqualTo("still here");
        assertThat(loop.requestFailures()).isEqualTo(2);
        assertThat(failures).isEmpty();
    }

    @Test
    void a_state_that_cannot_apply_the_log_stops_the_node_and_is_named() throws InterruptedException {
        var content = new CommittedBatch.Content.EngineOwn();

        loop.deliver(new CommittedBatch(7, 1, 1, new LogTime(1, 1), content, List.of()));

        assertThat(failures.take()).contains("the state machine stopped").contains("batches are applied in order");
    }

    @Test
    void an_act_that_does_not_end_is_told_as_what_keeps_the_node_from_being_ready() throws InterruptedException {
        var isOver = new CompletableFuture<Boolean>();
        assertThat(loop.notReadyReason()).isEmpty();
        loop.execute(isOver::join);

        while (loop.notReadyReason().isEmpty()) {
            Pause.shortly();
        }

        assertThat(loop.notReadyReason().orElseThrow()).contains("applies nothing");
        isOver.complete(true);
        while (loop.notReadyReason().isPresent()) {
            Pause.shortly();
        }
    }

    @Test
    void what_was_delivered_to_a_state_machine_that_ended_is_told_that_nobody_knows() throws InterruptedException {
        var before = TestProposal.of("before");
        var after = TestProposal.of("after");
        loop.execute(() -> {
            loop.deliver(batch(1, before));
            throw new StackOverflowError("an act that calls itself");
        });

        failures.take();
        loop.deliver(batch(2, after));

        assertThat(before.await()).isInstanceOf(Outcome.Unknown.class);
        assertThat(after.await()).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void states_that_differ_without_a_majority_are_told_once_and_so_is_their_end() throws Exception {
        var log = (Logger) LoggerFactory.getLogger(CoordinatorLoop.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);

        loop.deliver(comparison(1, 1, 2));
        loop.deliver(comparison(2, 1, 2));
        boolean isInDoubt = doubt();
        loop.deliver(comparison(3, 1, 1));
        boolean isStillInDoubt = doubt();
        log.detachAppender(lines);
        log.setLevel(null);

        assertThat(isInDoubt).isTrue();
        assertThat(isStillInDoubt).isFalse();
        assertThat(lines.list).hasSize(2);
        assertThat(lines.list.getFirst().getLevel()).isEqualTo(Level.ERROR);
        assertThat(lines.list.getFirst().getFormattedMessage())
                .startsWith("states differ node=node-1 ")
                .contains("reason=\"the states of the nodes differ at entry 10000");
        assertThat(lines.list.getLast().getFormattedMessage()).isEqualTo("states agree again node=node-1");
    }

    private boolean doubt() throws Exception {
        return loop.read(state -> state.undecided().isPresent())
                .toCompletableFuture()
                .get();
    }

    /// What two voters found after entry 10,000, put into the log at `index`.
    private static CommittedBatch comparison(long index, long first, long second) {
        var told = new TreeMap<>(Map.of(new NodeId("node-1"), first, new NodeId("node-2"), second));
        var check = new ClusterCommand.CheckDigest(ClusterState.DIGEST_EVERY, 2, told);
        var envelope = Envelope.of(check, Asker.CLUSTER);
        return batch(index, TestProposal.ofEnvelope(envelope.encode()));
    }

    private static CommittedBatch batch(long index, TestProposal command) {
        var content = new CommittedBatch.Content.Commands(Entries.join(List.of(command.envelope())));
        return new CommittedBatch(index, 1, 1, new LogTime(1, 1), content, List.of(command));
    }

    @Test
    void an_act_that_leaves_the_thread_interrupted_stops_the_node() throws InterruptedException {
        loop.execute(() -> Thread.currentThread().interrupt());

        assertThat(failures.take()).contains("interrupted");
    }
}
