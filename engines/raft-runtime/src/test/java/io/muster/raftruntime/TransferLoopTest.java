package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.Outcome;
import io.muster.log.Successor;
import io.muster.log.TestProposal;
import io.muster.log.TransferAnswer;
import io.muster.raft.Effect;
import io.muster.raft.Message;
import io.muster.raft.RaftConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Handing leadership over as the event loop does it: what becomes of proposals, of trust and of the
/// answer.
final class TransferLoopTest {
    private static final Successor TO_PEER = new Successor.Named(LoopBench.PEER);

    private final LoopBench bench = LoopBench.ofThree();
    private final List<TransferAnswer> answers = new ArrayList<>();

    @Test
    void t52_trust_ends_before_the_successor_is_told() {
        lead();
        assertThat(bench.loop.leadership().isTrustedAt(bench.nanos())).isTrue();

        handOver();

        assertThat(bench.sent).hasAtLeastOneElementOfType(Message.TimeoutNow.class);
        assertThat(bench.loop.leadership().isMine()).isTrue();
        assertThat(bench.loop.leadership().isTrustedAt(bench.nanos())).isFalse();
    }

    @Test
    void t52_no_round_renews_trust_in_a_term_in_which_the_successor_was_told() {
        lead();
        handOver();

        keepFollowed(RaftConfig.DEFAULT.times().electionTicksMax()
                + RaftConfig.DEFAULT.times().heartbeatTicks());

        assertThat(answers).hasOnlyElementsOfType(TransferAnswer.Failed.class).hasSize(1);
        assertThat(bench.loop.leadership().isMine()).isTrue();
        assertThat(bench.loop.leadership().isTrustedAt(bench.nanos())).isFalse();
    }

    @Test
    void trust_comes_back_with_the_next_term() {
        lead();
        handOver();
        keepFollowed(RaftConfig.DEFAULT.times().electionTicksMax());
        bench.hear(LoopBench.PEER, new Message.HeartbeatReply(5, 0));
        bench.sync();
        bench.sent.clear();

        lead();

        assertThat(bench.loop.leadership().isTrustedAt(bench.nanos())).isTrue();
    }

    @Test
    void what_is_proposed_meanwhile_waits_and_is_appended_when_it_fails_t41() {
        lead();
        handOver();
        var command = TestProposal.of("command");
        bench.loop.propose(command);
        bench.loop.runOnce();
        assertThat(command.isAnswered()).isFalse();
        assertThat(bench.loop.hasArrivals()).isFalse();

        keepFollowed(RaftConfig.DEFAULT.times().electionTicksMax());
        bench.sync();
        bench.acknowledge();

        assertThat(command.await()).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void what_is_proposed_meanwhile_is_sent_elsewhere_when_it_succeeds() {
        lead();
        handOver();
        var command = TestProposal.of("command");
        bench.loop.propose(command);
        bench.loop.runOnce();

        succeed();
        bench.loop.runOnce();

        assertThat(command.await()).isInstanceOf(Outcome.NotLeader.class);
        assertThat(command.answers()).isEqualTo(1);
    }

    @Test
    void the_asker_is_told_who_leads() {
        lead();
        handOver();

        succeed();

        long term = bench.loop.leadership().term();
        assertThat(answers).containsExactly(new TransferAnswer.Done(LoopBench.PEER, term));
    }

    @Test
    void a_loop_that_ends_answers_who_asked() {
        lead();
        handOver();

        bench.loop.transfer(TO_PEER, answers::add);
        bench.loop.stop("closed");
        bench.loop.transfer(TO_PEER, answers::add);

        assertThat(answers)
                .containsExactly(
                        new TransferAnswer.Failed("closed"),
                        new TransferAnswer.Failed("closed"),
                        new TransferAnswer.Refused("the engine was closed"));
    }

    private void lead() {
        bench.lead();
        bench.ticks(RaftConfig.DEFAULT.times().heartbeatTicks());
        bench.acknowledge();
    }

    private void handOver() {
        bench.loop.transfer(TO_PEER, answers::add);
        bench.loop.runOnce();
    }

    /// The peer answers this leader's heartbeats and does not take over.
    private void keepFollowed(int ticks) {
        for (int i = 0; i < ticks; i++) {
            bench.ticks(1);
            bench.acknowledge();
        }
    }

    /// The peer asks for this node's vote, gets it, and is heard as the leader.
    private void succeed() {
        long term = bench.loop.leadership().term() + 1;
        bench.hear(LoopBench.PEER, new Message.VoteRequest(term, 100, term - 1, true));
        Effect.Persist vote = bench.lastWrite();
        assertThat(vote.state().votedFor()).contains(LoopBench.PEER);
        bench.sync();
        bench.hear(LoopBench.PEER, new Message.Heartbeat(term, 1, 0));
    }
}
