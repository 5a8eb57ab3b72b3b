package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.access.AccessCommand;
import io.muster.access.Identity;
import io.muster.access.KeyRecord;
import io.muster.access.KeyText;
import io.muster.access.Role;
import io.muster.coordinator.WorkerAnswer;
import io.muster.coordinator.WorkerReport;
import io.muster.encoding.Bytes;
import io.muster.jobs.Capacity;
import io.muster.jobs.Inventory;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobSpec;
import io.muster.jobs.Labels;
import io.muster.log.Asker;
import io.muster.log.Engine;
import io.muster.log.EngineStatus;
import io.muster.log.Envelope;
import io.muster.log.LogCommand;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.state.Change;
import io.muster.state.StateReply;
import io.muster.values.ValueCommand;
import io.muster.values.ValueReply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the routes rely on, whatever stands behind their [ClusterPort]. The cluster of their tests keeps
/// it, and so does a node: otherwise a test of a route says nothing about a node.
@Timeout(120)
public abstract class ClusterPortContract {
    private static final NodeId WORKER = new NodeId("worker-a");

    private static final int MANY = 500;

    @TempDir
    private Path folder;

    private final BlockingQueue<Noted> changes = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> leaderships = new LinkedBlockingQueue<>();
    private LoneCluster lone;
    private ClusterPort port;

    /// A cluster of one node, which does not lead yet.
    public interface LoneCluster extends AutoCloseable {
        /// What is under test.
        ClusterPort port();

        /// Lets the node lead, and returns once it does.
        void lead() throws InterruptedException;

        /// Takes its leadership away for good; its state can still be read.
        void depose();

        @Override
        void close();
    }

    private record Noted(long index, Change change) {}

    /// Makes the cluster under test, with `folder` for what it keeps.
    protected abstract LoneCluster open(Path folder) throws IOException;

    @BeforeEach
    final void open() throws IOException {
        lone = open(folder);
        port = lone.port();
        port.listen((index, _, _, change) -> changes.add(new Noted(index, change)));
        port.onLeadershipChange(() -> leaderships.add(port.leadership().isMine()));
    }

    @AfterEach
    final void close() {
        lone.close();
    }

    @Test
    void a_write_is_answered_with_its_entry_and_its_reply_and_can_be_read() throws Exception {
        lone.lead();

        var applied = (Outcome.Applied) answer(port.propose(set("a")));

        assertThat(applied.reply()).isInstanceOf(ValueReply.Stored.class);
        assertThat(applied.index()).isPositive();
        assertThat(holds("a")).isTrue();
    }

    @Test
    void a_write_that_the_state_refuses_is_answered_with_the_refusal() throws Exception {
        lone.lead();
        var asker = new Asker("ada", "", "key");
        answer(port.propose(Envelope.of(new ValueCommand.Set("a", Bytes.utf8("1")), asker)));

        var other = answer(port.propose(Envelope.of(new ValueCommand.Set("b", Bytes.utf8("1")), asker)));

        assertThat(((Outcome.Applied) other).reply()).isEqualTo(new StateReply.KeyConflict("key"));
        assertThat(holds("b")).isFalse();
    }

    @Test
    void writes_at_once_are_applied_in_their_order_or_told_that_there_is_no_room() throws Exception {
        lone.lead();
        var answers = new ArrayList<CompletionStage<Outcome>>();
        for (int i = 0; i < MANY; i++) {
            answers.add(port.propose(set("key-" + i)));
        }

        long last = 0;
        for (int i = 0; i < MANY; i++) {
            var outcome = answer(answers.get(i));
            if (outcome instanceof Outcome.Applied(long index, var _)) {
                assertThat(index).isGreaterThan(last);
                last = index;
            } else {
                assertThat(outcome).isInstanceOf(Outcome.Overloaded.class);
            }
            assertThat(holds("key-" + i)).isEqualTo(outcome instanceof Outcome.Applied);
        }
    }

    @Test
    void a_write_where_nobody_leads_is_not_taken() throws Exception {
        lone.lead();
        lone.depose();

        var outcome = answer(port.propose(set("a")));

        assertThat(outcome).isEqualTo(new Outcome.NotLeader(new Outcome.Hint.Nobody()));
        assertThat(holds("a")).isFalse();
    }

    @Test
    void a_write_whose_leader_goes_is_applied_or_not_taken_or_of_unknown_outcome() throws Exception {
        lone.lead();
        var write = port.propose(set("a"));
        lone.depose();

        switch (answer(write)) {
            case Outcome.Applied _ -> assertThat(holds("a")).isTrue();
            case Outcome.NotLeader _, Outcome.Overloaded _ ->
                assertThat(holds("a")).isFalse();
            case Outcome.Unknown(String reason) -> assertThat(reason).isNotBlank();
        }
    }

    @Test
    void a_question_that_throws_ends_its_read_and_no_other() throws Exception {
        lone.lead();

        var broken = port.read(_ -> {
            throw new IllegalArgumentException("a mistake");
        });

        assertThatThrownBy(() -> answer(broken))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(holds("a")).isFalse();
    }

    @Test
    void a_read_behind_a_barrier_sees_what_was_answered_before_it() throws Exception {
        lone.lead();
        var applied = (Outcome.Applied) answer(port.propose(set("a")));

        var barrier = (Engine.Barrier.At) answer(port.barrier());

        assertThat(barrier.index()).isGreaterThanOrEqualTo(applied.index());
        assertThat(port.appliedIndex()).isGreaterThanOrEqualTo(barrier.index());
        assertThat(holds("a")).isTrue();
    }

    @Test
    void a_barrier_where_nobody_leads_is_told_why_not() throws Exception {
        lone.lead();
        lone.depose();

        assertThat(answer(port.barrier())).isInstanceOf(Engine.Barrier.Unavailable.class);
    }

    @Test
    void a_node_that_leads_alone_names_itself_and_no_peers() throws Exception {
        lone.lead();

        var leadership = port.leadership();

        assertThat(leadership.isMine()).isTrue();
        assertThat(leadership.leader()).contains(port.self());
        assertThat(port.status().role()).isEqualTo(EngineStatus.NodeRole.LEADER);
        assertThat(port.status().term()).isEqualTo(leadership.term()).isPositive();
        assertThat(port.status().peers()).isEmpty();
        assertThat(port.apiAddress(new NodeId("stranger"))).isEmpty();
    }

    @Test
    void a_change_of_leadership_can_be_seen_once_it_is_told() throws Exception {
        lone.lead();
        awaitLeadership(true);

        lone.depose();

        awaitLeadership(false);
        assertThat(port.leadership().leader()).isEmpty();
    }

    @Test
    void a_worker_is_told_at_once_and_again_when_there_is_work_for_it() throws Exception {
        lone.lead();
        var told = new LinkedBlockingQueue<WorkerAnswer>();

        port.exchange(report(), told::add);
        var first = (WorkerAnswer.Told) told.take();
        var submit = new JobCommand.Submit(List.of(JobSpec.of("noop", JobSpec.DEFAULT_QUEUE, Bytes.utf8("{}"))));
        answer(port.propose(envelope(submit)));
        var second = (WorkerAnswer.Told) told.take();

        assertThat(first.term()).isEqualTo(port.leadership().term());
        assertThat(first.delta().lacking()).isEmpty();
        assertThat(second.delta().lacking()).hasSize(1);
    }

    @Test
    void a_worker_is_told_where_nobody_leads() throws Exception {
        lone.lead();
        lone.depose();
        var told = new LinkedBlockingQueue<WorkerAnswer>();

        port.exchange(report(), told::add);

        assertThat(told.take()).isEqualTo(new WorkerAnswer.NotLeading(new Outcome.Hint.Nobody()));
    }

    @Test
    void a_change_is_told_under_the_entry_that_made_it() throws Exception {
        lone.lead();

        var applied = (Outcome.Applied) answer(port.propose(set("a")));

        var expected = new Noted(applied.index(), new Change.InValues("a"));
        var noted = changes.take();
        while (!noted.equals(expected)) {
            noted = changes.take();
        }
        assertThat(noted).isEqualTo(expected);
    }

    @Test
    void a_key_stands_for_its_bearer_once_its_grant_is_answered() throws Exception {
        lone.lead();
        var text = new KeyText("0123456789ab", Bytes.wrap(new byte[KeyText.SECRET_BYTES]));
        var record = new KeyRecord(text.id(), "ada", Role.ADMIN, "", text.hash(), "");

        answer(port.propose(envelope(new AccessCommand.AddKey(record))));

        assertThat(port.identify(text.id(), text.hash()))
                .isEqualTo(new Identity.Known(text.id(), "ada", Role.ADMIN, ""));
        assertThat(port.identify(text.id(), Bytes.wrap(new byte[text.hash().size()])))
                .isEqualTo(new Identity.Unknown());
    }

    @Test
    void a_gauge_tells_what_is_so_when_it_is_read() throws Exception {
        var term = port.engineGauges().stream()
                .filter(gauge -> gauge.name().equals("term"))
                .findFirst()
                .orElseThrow();

        lone.lead();

        assertThat(term.value().getAsDouble())
                .isEqualTo((double) port.leadership().term())
                .isPositive();
    }

    private void awaitLeadership(boolean isMine) throws InterruptedException {
        boolean told;
        do {
            told = leaderships.take();
        } while (told != isMine);
    }

    private boolean holds(String key) throws Exception {
        return answer(port.read(state -> state.values().find(key).isPresent()));
    }

    private static <T> T answer(CompletionStage<T> stage) throws InterruptedException, ExecutionException {
        return stage.toCompletableFuture().get();
    }

    private static Envelope set(String key) {
        return envelope(new ValueCommand.Set(key, Bytes.utf8("1")));
    }

    private static Envelope envelope(LogCommand command) {
        return Envelope.of(command, Asker.CLUSTER);
    }

    private static WorkerReport report() {
        var holding = new Inventory(WORKER, 7, List.of(), List.of());
        var offer = Capacity.of(1, Labels.NONE, List.of("noop"));
        return new WorkerReport("worker-key", 1, offer, holding, List.of(), List.of());
    }
}
