package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.log.Engine.Barrier;
import io.muster.log.EngineException;
import io.muster.log.Outcome;
import io.muster.log.TestProposal;
import io.muster.raft.Message;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever ends the loop, each open question is answered once.
final class LoopEndsTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_barrier_asked_beside_a_failure_of_the_disk_is_answered_once(boolean isAskedFirst) {
        var bench = LoopBench.ofThree();
        bench.lead();
        var answers = new ArrayList<Barrier>();
        if (isAskedFirst) {
            bench.loop.readBarrier(answers::add);
        }
        bench.loop.failed(new EngineException("the disk refused"));
        if (!isAskedFirst) {
            bench.loop.readBarrier(answers::add);
        }

        bench.loop.runOnce();

        assertThat(answers).hasSize(1);
        bench.loop.stop("again");
        assertThat(answers).hasSize(1).allMatch(Barrier.Unavailable.class::isInstance);
    }

    @Test
    void more_questions_than_the_limit_are_refused_at_once() {
        var bench = LoopBench.ofThree();
        var answers = new ArrayList<Barrier>();

        for (int i = 0; i <= Arrivals.MAX_QUESTIONS; i++) {
            bench.loop.readBarrier(answers::add);
        }

        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        Barrier.Unavailable.class,
                        refused -> assertThat(refused.reason()).contains("10000 questions"));
    }

    @Test
    void whatever_ends_a_turn_everyone_is_told_once() {
        var bench = LoopBench.ofThree();
        bench.lead();
        var answers = new ArrayList<Barrier>();
        var offered = TestProposal.of("offered");
        var waiting = TestProposal.of("waiting");
        bench.loop.propose(offered);
        bench.loop.runOnce();
        bench.loop.propose(waiting);
        bench.refuseWrites(new IllegalStateException("the disk has no thread"));
        bench.loop.readBarrier(answers::add);
        bench.loop.received(LoopBench.PEER, new Message.Heartbeat(50, 1, 0));
        bench.loop.readBarrier(answers::add);
        bench.loop.propose(TestProposal.of("too late"));

        assertThatThrownBy(bench.loop::runOnce).hasMessageContaining("no thread");
        bench.loop.fail("the disk has no thread");
        bench.loop.stop("again");

        assertThat(answers).hasSize(2).allMatch(Barrier.Unavailable.class::isInstance);
        assertThat(offered.answers()).isEqualTo(1);
        assertThat(waiting.answers()).isEqualTo(1);
    }

    @Test
    void a_proposal_whose_write_could_not_even_be_asked_for_is_told_that_nobody_knows() {
        var bench = LoopBench.ofThree();
        bench.lead();
        bench.refuseWrites(new IllegalStateException("the disk has no thread"));
        var proposal = TestProposal.of("offered");
        bench.loop.propose(proposal);

        assertThatThrownBy(bench.loop::runOnce).hasMessageContaining("no thread");
        bench.loop.fail("the disk has no thread");

        assertThat(proposal.await()).isInstanceOf(Outcome.Unknown.class);
        assertThat(proposal.answers()).isEqualTo(1);
    }

    @Test
    void a_reader_or_proposer_that_fails_over_its_answer_does_not_cost_the_others_theirs() {
        var bench = LoopBench.ofThree();
        var answers = new ArrayList<Barrier>();
        bench.loop.readBarrier(_ -> {
            throw new IllegalStateException("a reader that fails");
        });
        bench.loop.readBarrier(answers::add);

        bench.loop.stop("closed");

        assertThat(answers).hasSize(1);
    }

    @Test
    void proposals_of_a_batch_that_the_applier_refused_are_told_that_nobody_knows() {
        var bench = LoopBench.ofThree();
        bench.lead();
        var proposal = TestProposal.of("refused");
        bench.loop.propose(proposal);
        bench.loop.runOnce();
        bench.applier.refuse(new IllegalStateException("the applier is gone"));

        assertThatThrownBy(() -> {
                    bench.sync();
                    bench.acknowledge();
                })
                .hasMessageContaining("the applier is gone");
        bench.loop.fail("the applier is gone");

        assertThat(proposal.await()).isInstanceOf(Outcome.Unknown.class);
        assertThat(proposal.answers()).isEqualTo(1);
    }

    @Test
    void a_leader_that_is_closed_or_whose_disk_failed_says_that_it_leads_no_more() {
        var closed = LoopBench.ofThree();
        closed.lead();
        closed.loop.leave();
        var broken = LoopBench.ofThree();
        broken.lead();
        broken.breakDisk();

        assertThat(closed.sent).hasAtLeastOneElementOfType(Message.Resigned.class);
        assertThat(closed.loop.leadership().isMine()).isFalse();
        assertThat(broken.sent).hasAtLeastOneElementOfType(Message.Resigned.class);
    }
}
