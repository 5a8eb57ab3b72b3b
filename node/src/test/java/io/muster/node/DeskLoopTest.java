package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cluster.Command;
import io.muster.cluster.CommittedBatch;
import io.muster.cluster.Entries;
import io.muster.cluster.NodeId;
import io.muster.cluster.Outcome;
import io.muster.duties.Desk;
import io.muster.duties.DeskFacts;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A node without its state thread would vote and answer as if nothing were wrong.
@Timeout(60)
final class DeskLoopTest {
    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private final DeskLoop loop = new DeskLoop("node-1", () -> DeskFacts.alone(0, List.of()), failures::add);

    @BeforeEach
    void start() {
        loop.start(new Desk(new NodeId("node-1"), _ -> {}, loop, _ -> {}, loop));
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void an_act_that_throws_an_error_stops_the_node_and_is_named() throws InterruptedException {
        loop.post(() -> {
            throw new StackOverflowError("an act that calls itself");
        });

        assertThat(failures.take()).contains("the state machine stopped").contains("an act that calls itself");
    }

    @Test
    void an_act_for_a_request_that_throws_ends_the_request_and_is_counted() throws Exception {
        loop.post(() -> {
            throw new IllegalStateException("a check that was forgotten");
        });
        loop.withDesk(_ -> {
            throw new IllegalArgumentException("another one");
        });

        assertThat(loop.read(_ -> "still here").toCompletableFuture().get()).isEqualTo("still here");
        assertThat(loop.mishaps()).isEqualTo(2);
        assertThat(failures).isEmpty();
    }

    @Test
    void a_state_that_cannot_apply_the_log_stops_the_node_and_is_named() throws InterruptedException {
        var content = new CommittedBatch.Content.EngineOwn();

        loop.deliver(new CommittedBatch(7, 1, 1, 1, content, List.of()));

        assertThat(failures.take()).contains("the state machine stopped").contains("batches are applied in order");
    }

    @Test
    void an_act_that_does_not_end_is_told_as_what_keeps_the_node_from_being_ready() throws InterruptedException {
        var isOver = new CompletableFuture<Boolean>();
        assertThat(loop.hindrance()).isEmpty();
        loop.post(isOver::join);

        while (loop.hindrance().isEmpty()) {
            Pause.shortly();
        }

        assertThat(loop.hindrance().orElseThrow()).contains("applies nothing");
        isOver.complete(true);
        while (loop.hindrance().isPresent()) {
            Pause.shortly();
        }
    }

    @Test
    void what_was_delivered_to_a_state_machine_that_ended_is_told_that_nobody_knows() throws InterruptedException {
        var before = Command.of("before");
        var after = Command.of("after");
        loop.post(() -> {
            loop.deliver(batch(1, before));
            throw new StackOverflowError("an act that calls itself");
        });

        failures.take();
        loop.deliver(batch(2, after));

        assertThat(before.await()).isInstanceOf(Outcome.Unknown.class);
        assertThat(after.await()).isInstanceOf(Outcome.Unknown.class);
    }

    private static CommittedBatch batch(long index, Command command) {
        var content = new CommittedBatch.Content.Commands(Entries.join(List.of(command.envelope())));
        return new CommittedBatch(index, 1, 1, 1, content, List.of(command));
    }

    @Test
    void an_act_that_leaves_the_thread_interrupted_stops_the_node() throws InterruptedException {
        loop.post(() -> Thread.currentThread().interrupt());

        assertThat(failures.take()).contains("interrupted");
    }
}
