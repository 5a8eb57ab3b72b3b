package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.Engine.Barrier;
import io.muster.log.Successor;
import io.muster.raft.Message;
import io.muster.raft.RaftConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Readers that a leader answers on its lease (thesis §6.4.1), and when it does not.
final class LeaseReadTest {
    private final LoopBench bench = LoopBench.ofThree(RaftSettings.ReadProof.LEASE);
    private final List<Barrier> answers = new ArrayList<>();

    @Test
    void while_the_lease_holds_a_reader_is_answered_without_a_round() {
        leadAndBeTrusted();

        ask();

        assertThat(answers).containsExactly(new Barrier.At(2));
        assertThat(bench.sent).doesNotHaveAnyElementsOfTypes(Message.Heartbeat.class);
    }

    @Test
    void a_reader_at_a_follower_is_answered_without_a_round_too() {
        long term = leadAndBeTrusted();

        bench.hear(LoopBench.PEER, new Message.BarrierRequest(term, 7));

        assertThat(bench.sent).containsExactly(new Message.BarrierReply(term, 7, 2));
    }

    @Test
    void t51_who_asks_a_leader_that_did_not_run_for_a_while_waits_for_a_round() {
        leadAndBeTrusted();
        bench.pause(200);

        ask();
        assertThat(answers).isEmpty();
        bench.acknowledge();

        assertThat(answers).containsExactly(new Barrier.At(2));
    }

    @Test
    void a_leader_that_hears_nobody_any_more_answers_until_its_lease_ends() {
        leadAndBeTrusted();
        bench.ticks(RaftConfig.DEFAULT.times().electionTicksMin() - 3);
        ask();
        bench.ticks(2);
        ask();

        assertThat(answers).hasSize(1);
    }

    @Test
    void t52_a_leader_that_told_its_successor_relies_on_no_lease_any_more() {
        leadAndBeTrusted();
        bench.loop.transfer(new Successor.Named(LoopBench.PEER), _ -> {});
        bench.loop.runOnce();
        for (int tick = 0; tick < RaftConfig.DEFAULT.times().electionTicksMax() * 2; tick++) {
            bench.ticks(1);
            bench.acknowledge();
        }

        ask();
        assertThat(answers).isEmpty();
        bench.acknowledge();

        assertThat(answers).containsExactly(new Barrier.At(2));
    }

    @Test
    void a_voter_whose_clock_is_wrong_makes_readers_wait_for_rounds() {
        leadAndBeTrusted();
        bench.showClock(LoopBench.OTHER, 5_000_000);
        assertThat(bench.loop.leadership().isTrustedAt(bench.nanos())).isTrue();
        bench.ticks(1);

        ask();

        assertThat(answers).isEmpty();
    }

    @Test
    void readers_can_be_told_to_rely_on_no_clock_at_all() {
        var careful = LoopBench.ofThree(RaftSettings.ReadProof.ROUND);
        careful.lead();
        careful.ticks(RaftConfig.DEFAULT.times().heartbeatTicks());
        careful.acknowledge();

        careful.loop.readBarrier(answers::add);
        careful.loop.runOnce();

        assertThat(answers).isEmpty();
    }

    private long leadAndBeTrusted() {
        long term = bench.lead();
        bench.ticks(RaftConfig.DEFAULT.times().heartbeatTicks());
        bench.acknowledge();
        assertThat(bench.loop.leadership().isTrustedAt(bench.nanos())).isTrue();
        return term;
    }

    private void ask() {
        bench.loop.readBarrier(answers::add);
        bench.loop.runOnce();
    }
}
