package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import io.muster.log.NodeId;
import org.junit.jupiter.api.Test;

/// Those who receive the log without a vote (thesis §4.2.1; T48).
class LearnerTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final NodeId D = new NodeId("d");

    private final MemberCluster cluster = MemberCluster.ledByFirst("a", "b", "c");

    @Test
    void thesis_4_2_1_a_learner_that_was_never_heard_is_not_promoted() {
        cluster.change("a", MemberCluster.add("d"));

        assertThat(cluster.change("a", new MemberChange.Promote(D)))
                .isEqualTo(new MemberAnswer.Refused(new MemberRefusal.NotCaughtUp(D, 3)));
    }

    @Test
    void thesis_4_2_1_a_learner_that_lags_behind_is_not_promoted() {
        cluster.addLearner("d");
        cluster.cut("a", "d");
        cluster.propose("a", "x");
        cluster.settle();
        cluster.tick(20);

        cluster.ask("a", new MemberChange.Promote(D));

        assertThat(cluster.refusal("a")).isEqualTo(new MemberRefusal.NotCaughtUp(D, 1));
    }

    @Test
    void thesis_4_2_1_a_learner_that_has_gone_silent_is_not_promoted() {
        cluster.addLearner("d");
        cluster.crash("d");
        cluster.tick(40);

        cluster.ask("a", new MemberChange.Promote(D));

        assertThat(cluster.refusal("a")).isEqualTo(new MemberRefusal.NotCaughtUp(D, 0));
    }

    @Test
    void a_learner_with_an_empty_folder_receives_the_whole_log() {
        cluster.propose("a", "x");

        var d = cluster.addLearner("d");

        assertThat(d.status().lastIndex()).isEqualTo(cluster.peer("a").status().lastIndex());
        assertThat(d.status().commitIndex()).isEqualTo(d.status().lastIndex());
    }

    @Test
    void t48_a_learner_counts_in_no_commit() {
        cluster.addLearner("d");
        cluster.crash("b");
        cluster.crash("c");

        cluster.propose("a", "x");
        cluster.settle();

        assertThat(cluster.peer("d").status().lastIndex())
                .isEqualTo(cluster.peer("a").status().lastIndex());
        assertThat(cluster.peer("a").status().commitIndex())
                .isLessThan(cluster.peer("a").status().lastIndex());
    }

    @Test
    void t48_a_learner_counts_in_no_read_barrier() {
        cluster.addLearner("d");
        cluster.crash("b");
        cluster.crash("c");

        cluster.step("a", new Input.BarrierAsked(1));
        cluster.settle();

        assertThat(cluster.peer("a").effects(Effect.BarrierReached.class)).isEmpty();
    }

    @Test
    void t48_a_learner_counts_in_no_election() {
        cluster.addLearner("d");
        cluster.crash("a");
        cluster.crash("c");

        cluster.tick(100);

        assertThat(cluster.peer("b").isLeader()).isFalse();
        assertThat(cluster.peer("d").status().role()).isEqualTo(RaftStatus.MemberRole.FOLLOWER);
    }

    @Test
    void t48_a_leader_that_only_a_learner_hears_stops_leading() {
        cluster.addLearner("d");
        cluster.crash("b");
        cluster.crash("c");

        cluster.tick(40);

        assertThat(cluster.peer("a").isLeader()).isFalse();
    }

    @Test
    void a_voter_that_is_demoted_goes_on_as_a_learner() {
        assertThat(cluster.change("a", new MemberChange.Demote(C))).isInstanceOf(MemberAnswer.Done.class);

        cluster.propose("a", "x");
        cluster.settle();

        assertThat(cluster.configuration("c").voters()).containsExactly(A, B);
        assertThat(cluster.configuration("c").learners()).containsExactly(C);
        assertThat(cluster.peer("c").status().lastIndex())
                .isEqualTo(cluster.peer("a").status().lastIndex());
    }
}
