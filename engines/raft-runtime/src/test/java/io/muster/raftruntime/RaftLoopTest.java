package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.Applier;
import io.muster.log.CommittedBatch;
import io.muster.log.Engine.Barrier;
import io.muster.log.Entries;
import io.muster.log.FrozenState;
import io.muster.log.Leadership;
import io.muster.log.LogTime;
import io.muster.log.Outcome;
import io.muster.log.RecordingApplier;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import io.muster.log.TestProposal;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import io.muster.raft.Message;
import io.muster.raft.RaftConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The event loop, step by step: nothing here has a thread.
final class RaftLoopTest {
    private static RaftConfig withWindow(int windowBytes) {
        RaftConfig usual = RaftConfig.DEFAULT;
        var memory = usual.memory();
        return new RaftConfig(
                usual.times(),
                usual.appends(),
                new RaftConfig.MemoryLimits(
                        windowBytes,
                        Math.min(memory.keptBytes(), windowBytes),
                        memory.maxUncommittedBytes(),
                        memory.maxBarriers()));
    }

    @Test
    void what_gathers_while_the_disk_is_busy_becomes_one_batch() {
        var bench = LoopBench.ofThree();
        bench.lead();
        bench.loop.propose(TestProposal.of("first"));
        bench.loop.runOnce();

        bench.loop.propose(TestProposal.of("second"));
        bench.loop.propose(TestProposal.of("third"));
        bench.loop.runOnce();
        assertThat(bench.unsynced()).isEqualTo(1);
        bench.sync();

        assertThat(bench.unsynced()).isEqualTo(1);
        assertThat(bench.lastWrite().batches()).extracting(Batch::count).containsExactly(2);
    }

    @Test
    void a_proposal_is_answered_once_a_majority_has_it_and_it_is_applied() {
        var bench = LoopBench.ofThree();
        bench.lead();
        var command = TestProposal.of("command");
        bench.loop.propose(command);
        bench.loop.runOnce();
        bench.sync();
        assertThat(command.isAnswered()).isFalse();

        bench.acknowledge();

        assertThat(command.await()).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void a_follower_alone_makes_no_majority_with_a_leader_that_has_not_synced() {
        var bench = LoopBench.ofThree();
        bench.lead();
        var command = TestProposal.of("command");
        bench.loop.propose(command);
        bench.loop.runOnce();

        bench.acknowledge();
        assertThat(command.isAnswered()).isFalse();
        bench.sync();

        assertThat(command.isAnswered()).isTrue();
    }

    @Test
    void trust_is_counted_from_before_the_round_that_renewed_it() {
        var bench = LoopBench.ofThree();
        bench.lead();
        while (bench.sent.stream().noneMatch(Message.Heartbeat.class::isInstance)) {
            bench.ticks(1);
        }
        long sentAt = bench.nanos();

        bench.pause(100);
        bench.acknowledge();

        long lease = RaftSettings.of(LoopBench.SELF, 1).leaseNanos();
        assertThat(bench.loop.leadership().trustedUntilNanos()).isEqualTo(sentAt + lease);
    }

    @Test
    void a_leader_that_did_not_run_for_a_while_is_not_trusted_until_a_quorum_has_answered() {
        var bench = LoopBench.ofThree();
        bench.lead();
        bench.ticks(5);
        bench.acknowledge();
        assertThat(bench.loop.leadership().isTrustedAt(bench.nanos())).isTrue();

        bench.pause(1_000);
        bench.loop.runOnce();
        assertThat(bench.loop.leadership().isTrustedAt(bench.nanos())).isFalse();
        bench.sent.clear();
        bench.ticks(5);
        bench.acknowledge();

        assertThat(bench.loop.leadership().isTrustedAt(bench.nanos())).isTrue();
    }

    @Test
    void a_lease_ends_before_any_voter_may_elect_another() {
        var settings = RaftSettings.of(LoopBench.SELF, 1);
        long shortestTimeout = (settings.config().times().electionTicksMin() - 1) * settings.tickNanos();

        assertThat(settings.leaseNanos()).isLessThan(shortestTimeout);
    }

    @Test
    void after_a_pause_one_tick_is_given_not_many() {
        var bench = LoopBench.ofThree();
        bench.ticks(1);

        bench.pause(10_000);
        bench.loop.runOnce();
        bench.loop.runOnce();

        assertThat(bench.sent).isEmpty();
        assertThat(bench.loop.tickDueNanos()).isGreaterThan(bench.nanos());
    }

    @Test
    void what_had_arrived_when_a_tick_fell_due_is_taken_in_before_it() {
        var bench = LoopBench.ofThree();
        bench.ticks(RaftConfig.DEFAULT.times().electionTicksMin() - 1);
        for (int i = 0; i < 100; i++) {
            bench.pause(RaftSettings.DEFAULT_TICK.toMillis());
            bench.hear(LoopBench.PEER, new Message.Heartbeat(1, i + 1, 0));
            bench.sync();
        }

        assertThat(bench.sent).noneMatch(Message.PreVoteRequest.class::isInstance);
        assertThat(bench.loop.leadership().leader()).contains(LoopBench.PEER);
    }

    @Test
    void a_leader_whose_process_is_gone_is_not_waited_for() {
        var bench = LoopBench.ofThree();
        bench.ticks(RaftConfig.DEFAULT.times().electionTicksMin());
        bench.hear(LoopBench.PEER, new Message.Heartbeat(1, 1, 0));
        bench.sync();
        bench.sent.clear();

        bench.loop.vanished(LoopBench.PEER);
        bench.ticks(RaftConfig.DEFAULT.times().electionTicksMin()
                + RaftConfig.DEFAULT.times().vanishTicksMax()
                + 1);

        assertThat(bench.sent).hasAtLeastOneElementOfType(Message.PreVoteRequest.class);
    }

    @Test
    void another_node_that_is_gone_changes_nothing_for_those_who_follow() {
        var bench = LoopBench.ofThree();
        bench.ticks(RaftConfig.DEFAULT.times().electionTicksMin());
        bench.hear(LoopBench.PEER, new Message.Heartbeat(1, 1, 0));
        bench.sync();
        bench.sent.clear();

        bench.loop.vanished(LoopBench.OTHER);
        bench.ticks(RaftConfig.DEFAULT.times().vanishTicksMax() + 1);

        assertThat(bench.sent).isEmpty();
        assertThat(bench.loop.leadership().leader()).contains(LoopBench.PEER);
    }

    @Test
    void log_time_goes_on_from_the_last_entry_of_the_log() {
        var future = Batch.seal(
                new Batch.Head(2, 1, 7, BatchKind.COMMANDS, new LogTime(9_000_000_000_000_000L, 7_000)),
                Entries.join(List.of(TestProposal.of("from the future").envelope())));
        var bench = new LoopBench(LoopBench.storeWith(future), RaftConfig.DEFAULT);
        bench.lead();

        bench.loop.propose(TestProposal.of("now"));
        bench.loop.runOnce();

        var time = bench.lastWrite().batches().getFirst().time();
        assertThat(time.micros()).isGreaterThan(future.time().micros());
        assertThat(time.elapsedMicros()).isBetween(7_000L, 7_000L + 1_000_000);
    }

    @Test
    void a_leaders_clock_that_jumps_moves_log_time_little_and_is_seen() {
        var bench = LoopBench.ofThree();
        bench.lead();
        bench.loop.propose(TestProposal.of("before"));
        bench.loop.runOnce();
        long before = bench.lastWrite().batches().getFirst().time().micros();
        bench.sync();
        bench.setWallAhead(3_600_000_000L);
        bench.ticks(2);

        bench.loop.propose(TestProposal.of("after"));
        bench.loop.runOnce();
        long after = bench.lastWrite().batches().getFirst().time().micros();
        bench.ticks(1);

        assertThat(after - before).isBetween(1L, 100_000L);
        assertThat(bench.loop.status().wallAheadMillis()).isGreaterThan(3_500_000);
    }

    @Test
    void after_a_restart_batches_that_have_left_the_memory_come_from_the_store() {
        var bench = new LoopBench(LoopBench.storeWith(commands(2, "one"), commands(3, "two")), withWindow(0));
        bench.lead();
        bench.ticks(1);

        assertThat(bench.applier.entries())
                .extracting(RecordingApplier.Entry::command)
                .containsExactly("one", "two");
    }

    private static Batch commands(long index, String text) {
        return Batch.seal(
                new Batch.Head(index, 1, 7, BatchKind.COMMANDS, new LogTime(index, index)),
                Entries.join(List.of(TestProposal.of(text).envelope())));
    }

    @Test
    void a_disk_that_refuses_stops_the_loop_and_every_proposal_is_told() {
        var bench = LoopBench.ofThree();
        bench.lead();
        var appended = TestProposal.of("appended");
        bench.loop.propose(appended);
        bench.loop.runOnce();
        var waiting = TestProposal.of("waiting");
        bench.loop.propose(waiting);

        bench.breakDisk();

        assertThat(bench.applier.awaitStop()).isEqualTo("cannot sync the log");
        assertThat(appended.await()).isInstanceOf(Outcome.Unknown.class);
        assertThat(waiting.await()).isInstanceOf(Outcome.NotLeader.class);
        assertThat(bench.loop.isStopped()).isTrue();
        assertThat(bench.loop.leadership().isMine()).isFalse();
    }

    @Test
    void a_leader_that_hears_of_a_later_term_answers_its_proposals_with_unknown() {
        var bench = LoopBench.ofThree();
        long term = bench.lead();
        var appended = TestProposal.of("appended");
        bench.loop.propose(appended);
        bench.loop.runOnce();

        bench.hear(LoopBench.PEER, new Message.Heartbeat(term + 1, 1, 0));

        assertThat(appended.await()).isInstanceOf(Outcome.Unknown.class);
        assertThat(appended.answers()).isEqualTo(1);
    }

    @Test
    void a_barrier_is_answered_only_after_a_round_that_began_behind_it() {
        var bench = LoopBench.ofThree();
        bench.lead();
        bench.sent.clear();
        var answers = new ArrayList<Barrier>();

        bench.loop.readBarrier(answers::add);
        bench.loop.runOnce();
        assertThat(answers).isEmpty();
        bench.acknowledge();

        assertThat(answers).hasSize(1).first().isInstanceOf(Barrier.At.class);
    }

    @Test
    void a_stopped_loop_answers_barriers_and_proposals_at_once() {
        var bench = LoopBench.ofThree();
        var answers = new ArrayList<Barrier>();
        bench.loop.readBarrier(answers::add);

        bench.loop.stop("closed");
        var late = TestProposal.of("late");
        bench.loop.propose(late);
        bench.loop.readBarrier(answers::add);

        assertThat(answers).hasSize(2).allMatch(Barrier.Unavailable.class::isInstance);
        assertThat(late.await()).isInstanceOf(Outcome.NotLeader.class);
    }

    @Test
    void delivery_waits_for_an_applier_that_lags() {
        var slow = new SlowApplier();
        var delivery = new Delivery(slow, new InflightProposals());
        var source = new MemorySource();
        delivery.committed(source.last());

        while (delivery.canAdvance()) {
            delivery.advance(source);
        }
        long before = slow.delivered;
        delivery.advance(source);
        assertThat(slow.delivered).isEqualTo(before).isLessThan(source.last());

        slow.applied = before;
        delivery.advance(source);

        assertThat(slow.delivered).isGreaterThan(before);
    }

    /// Batches of 1 MiB, all in memory, three times as many as may wait at an applier.
    private static final class MemorySource implements Delivery.BatchSource {
        private final byte[] body = new byte[1 << 20];

        long last() {
            return 3 * Delivery.MAX_UNAPPLIED_BYTES >> 20;
        }

        @Override
        public List<Batch> recent(long index, int maxBytes) {
            return List.of(new Batch(index, 1, 1, BatchKind.COMMANDS, LogTime.ZERO, Bytes.wrap(body), 0));
        }

        @Override
        public boolean isInLog(Batch batch) {
            return true;
        }

        @Override
        public void readOld(long index, int maxBytes) {
            throw new AssertionError("everything is in memory");
        }
    }

    /// Takes what it is given and says it has applied what the test says.
    private static final class SlowApplier implements Applier {
        private long delivered;
        private long applied;

        @Override
        public void deliver(CommittedBatch batch) {
            delivered = batch.lastIndex();
        }

        @Override
        public void freeze(Consumer<FrozenState> answer) {}

        @Override
        public void install(SnapshotMeta meta, SnapshotReader reader) {}

        @Override
        public long appliedIndex() {
            return applied;
        }

        @Override
        public long comparedIndex() {
            return applied;
        }

        @Override
        public int featureLevel() {
            return 1;
        }

        @Override
        public void leadershipChanged(Leadership leadership) {}

        @Override
        public void engineStopped(String reason) {}
    }

    @Test
    void a_log_that_is_nearly_full_takes_no_proposal_and_its_node_stays_up() {
        var bench = LoopBench.ofThree();
        bench.lead();
        bench.leaveRoom(RaftSettings.of(LoopBench.SELF, 1).minLogRoomBytes() - 1);
        var command = TestProposal.of("command");

        bench.loop.propose(command);
        bench.loop.runOnce();

        assertThat(command.await()).isInstanceOf(Outcome.Overloaded.class);
        assertThat(bench.loop.leadership().isMine()).isTrue();
    }
}
