package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.MemberAddresses;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// How members change (Raft §6, thesis §4).
class MemberChangeTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final NodeId D = new NodeId("d");

    private final MemberCluster cluster = MemberCluster.ledByFirst("a", "b", "c");

    @Test
    void section_6_a_change_of_voters_goes_through_a_joint_configuration() {
        cluster.addLearner("d");

        cluster.ask("a", new MemberChange.Promote(D));

        var joint = cluster.configuration("a");
        assertThat(joint.outgoing()).containsExactly(A, B, C);
        assertThat(joint.voters()).containsExactly(A, B, C, D);
        cluster.settle();
        assertThat(cluster.answer("a")).isInstanceOf(MemberAnswer.Done.class);
        assertThat(cluster.configuration("d").isJoint()).isFalse();
        assertThat(cluster.configuration("d").voters()).containsExactly(A, B, C, D);
    }

    @Test
    void t46_the_final_configuration_waits_until_the_joint_one_is_committed() {
        cluster.addLearner("d");
        cluster.ask("a", new MemberChange.Promote(D));
        long joint = cluster.peer("a").status().lastIndex();

        cluster.sync("a");
        cluster.peer("a").tick(4);

        assertThat(cluster.peer("a").status().lastIndex()).isEqualTo(joint);
        assertThat(cluster.configuration("a").isJoint()).isTrue();
    }

    @Test
    void t45_nothing_is_changed_before_an_entry_of_this_term_is_committed() {
        var a = Scene.leader("a", "a", "b", "c");

        a.step(new Input.ChangeMembers(1, new MemberChange.Remove(C)));

        assertThat(a.last(Effect.ChangeEnded.class))
                .contains(new Effect.ChangeEnded(1, new MemberAnswer.Refused(new MemberRefusal.TermNotBegun())));
        assertThat(a.raft().configuration()).isEqualTo(TestPeer.voters("a", "b", "c"));
    }

    @Test
    void one_change_is_carried_out_at_a_time() {
        cluster.addLearner("d");
        cluster.ask("a", new MemberChange.Promote(D));
        long joint = cluster.peer("a").status().lastIndex();

        cluster.ask("a", new MemberChange.Remove(C));

        assertThat(cluster.refusal("a")).isEqualTo(new MemberRefusal.AnotherPending(joint));
    }

    @Test
    void who_does_not_lead_says_who_does() {
        assertThat(cluster.change("b", new MemberChange.Remove(C)))
                .isEqualTo(new MemberAnswer.Refused(new MemberRefusal.NotLeading(new Outcome.Hint.Ask(A))));
    }

    @Test
    void section_6_a_joint_configuration_commits_by_both_majorities() {
        cluster.addLearner("d");
        cluster.addLearner("e");
        cluster.change("a", new MemberChange.Promote(D));
        cluster.change("a", new MemberChange.Promote(new NodeId("e")));
        cluster.change("a", new MemberChange.Remove(B));
        cluster.cut("a", "d");
        cluster.cut("a", "e");

        cluster.ask("a", new MemberChange.Remove(C));
        cluster.settle();

        // a and c are a majority of neither a d e nor a c d e.
        assertThat(cluster.configuration("a").isJoint()).isTrue();
        assertThat(cluster.peer("a").status().commitIndex())
                .isLessThan(cluster.peer("a").status().lastIndex());
    }

    @Test
    void a_dead_voter_is_replaced_in_one_step() {
        cluster.crash("c");
        cluster.addLearner("d");

        cluster.ask("a", new MemberChange.Replace(D, C));

        assertThat(cluster.configuration("a").voters()).containsExactly(A, B, D);
        assertThat(cluster.configuration("a").outgoing()).containsExactly(A, B, C);
        cluster.settle();
        assertThat(cluster.answer("a")).isInstanceOf(MemberAnswer.Done.class);
        assertThat(cluster.configuration("b").members()).containsExactly(A, B, D);
    }

    @Test
    void a_member_moves_to_another_address() {
        var there = new MemberAddresses("b.example:7101", "b.example:7001");

        assertThat(cluster.change("a", new MemberChange.Readdress(B, there))).isInstanceOf(MemberAnswer.Done.class);

        assertThat(cluster.configuration("c").addresses()).containsEntry(B, there);
        assertThat(cluster.configuration("c").isJoint()).isFalse();
    }

    @Test
    void what_is_in_force_already_is_done() {
        cluster.addLearner("d");

        assertThat(cluster.change("a", MemberCluster.add("d"))).isInstanceOf(MemberAnswer.Done.class);
        assertThat(cluster.change("a", new MemberChange.Promote(B))).isInstanceOf(MemberAnswer.Done.class);
        assertThat(cluster.peer("a").effects(Effect.ConfigurationChanged.class)).isEmpty();
    }

    @Test
    void t46_a_change_that_never_reached_a_majority_is_taken_back() {
        cluster.cut("a", "b");
        cluster.cut("a", "c");
        cluster.ask("a", new MemberChange.Remove(C));
        cluster.sync("a");
        assertThat(cluster.configuration("a").voters()).containsExactly(A, B);

        cluster.tick(100);
        cluster.heal();
        cluster.tick(100);

        assertThat(cluster.answer("a")).isInstanceOf(MemberAnswer.Unknown.class);
        assertThat(cluster.configuration("a")).isEqualTo(TestPeer.voters("a", "b", "c"));
    }

    @Test
    void t46_a_new_leader_finishes_a_joint_configuration() {
        cluster.addLearner("d");
        cluster.ask("a", new MemberChange.Promote(D));
        cluster.sync("a");
        cluster.deliver();
        cluster.sync("b");
        cluster.sync("d");
        cluster.crash("a");

        cluster.tick(100);

        assertThat(cluster.leader().id()).isIn(B, D);
        assertThat(cluster.configuration("b").voters()).containsExactly(A, B, C, D);
        assertThat(cluster.configuration("b").isJoint()).isFalse();
    }

    @Test
    void t46_a_joint_configuration_is_finished_after_a_restart_of_all() {
        cluster.addLearner("d");
        cluster.ask("a", new MemberChange.Promote(D));
        cluster.sync("a");
        cluster.deliver();
        for (String id : List.of("a", "b", "c", "d")) {
            cluster.sync(id);
            cluster.crash(id);
        }

        List.of("a", "b", "c", "d").forEach(cluster::restart);
        assertThat(cluster.configuration("c").isJoint()).isTrue();
        cluster.tick(100);

        assertThat(cluster.configuration("c").isJoint()).isFalse();
        assertThat(cluster.configuration("c").voters()).containsExactly(A, B, C, D);
    }

    @Test
    void thesis_4_2_2_a_leader_that_removes_itself_leads_until_that_is_committed() {
        cluster.ask("a", new MemberChange.Remove(A));
        cluster.sync("a");
        assertThat(cluster.peer("a").isLeader()).isTrue();

        cluster.settle();

        assertThat(cluster.peer("a").effects(Effect.ChangeEnded.class))
                .allMatch(ended -> ended.answer() instanceof MemberAnswer.Done);
        assertThat(cluster.peer("a").isLeader()).isFalse();
    }

    @Test
    void thesis_4_2_2_a_leader_that_removes_itself_does_not_count_itself() {
        cluster.ask("a", new MemberChange.Remove(A));
        cluster.sync("a");
        cluster.deliver();
        List.of("b", "c").forEach(cluster::sync);
        cluster.deliver();
        assertThat(cluster.configuration("a").members()).containsExactly(B, C);
        long last = cluster.peer("a").status().lastIndex();

        cluster.sync("a");
        cluster.cut("a", "c");
        cluster.settle();

        assertThat(cluster.peer("a").status().commitIndex()).isLessThan(last);
    }

    @Test
    void thesis_4_2_2_one_without_a_vote_campaigns_while_only_it_has_the_configuration() {
        var two = MemberCluster.ledByFirst("a", "b");
        two.ask("a", new MemberChange.Remove(A));
        two.sync("a");
        two.deliver();
        two.sync("b");
        two.cutFrom("a", "b");
        two.settle();
        assertThat(two.configuration("a").voters()).containsExactly(B);
        assertThat(two.configuration("b").isJoint()).isTrue();

        two.tick(100);
        two.heal();
        two.tick(100);

        assertThat(two.peer("b").isLeader()).isTrue();
        assertThat(two.configuration("b").members()).containsExactly(B);
    }

    @Test
    void a_leader_that_removes_itself_hands_over_at_once() {
        cluster.change("a", new MemberChange.Remove(A));

        assertThat(cluster.leader().id()).isIn(B, C);
        assertThat(cluster.peer("a").last(Effect.Removed.class)).isPresent();
    }

    @Test
    void a_leader_that_gives_up_its_vote_hands_over_and_follows() {
        cluster.change("a", new MemberChange.Demote(A));
        cluster.tick(20);

        assertThat(cluster.leader().id()).isIn(B, C);
        assertThat(cluster.configuration("b").learners()).containsExactly(A);
        assertThat(cluster.peer("a").status().leader())
                .contains(cluster.leader().id());
    }

    @Test
    void t41_leadership_is_not_handed_to_a_learner_nor_to_one_that_leaves() {
        cluster.addLearner("d");
        cluster.step("a", new Input.TransferAsked(70, new Successor.Named(D)));
        cluster.crash("c");
        cluster.ask("a", new MemberChange.Remove(B));

        cluster.step("a", new Input.TransferAsked(71, new Successor.Named(B)));

        assertThat(cluster.peer("a").effects(Effect.TransferEnded.class))
                .allMatch(ended -> ended.answer() instanceof TransferAnswer.Refused)
                .hasSize(1);
    }

    @Test
    void t41_nobody_is_added_while_leadership_is_handed_over() {
        cluster.cut("a", "b");
        cluster.step("a", new Input.TransferAsked(70, new Successor.Named(B)));

        cluster.ask("a", MemberCluster.add("d"));

        assertThat(cluster.refusal("a")).isEqualTo(new MemberRefusal.HandingOver());
    }

    @Test
    void t19_who_comes_back_is_not_believed_what_it_said_before_it_left() {
        cluster.addLearner("d");
        var said = cluster.peer("d").sent("a", Message.AppendAccepted.class).getLast();
        cluster.change("a", new MemberChange.Remove(D));
        cluster.begin("d");
        cluster.ask("a", MemberCluster.add("d"));

        cluster.step("a", new Input.Received(D, said));

        assertThat(cluster.peer("a").status().matches()).containsEntry(D, 0L);
    }

    @Test
    void the_members_are_announced_before_anything_is_sent_to_a_new_one() {
        cluster.ask("a", MemberCluster.add("d"));

        var effects = cluster.peer("a").drain();
        int announced = firstIndex(effects, Effect.ConfigurationChanged.class);
        int sent = firstIndex(effects, Effect.Send.class);
        assertThat(announced).isNotNegative().isLessThan(sent);
    }

    private static int firstIndex(List<Effect> effects, Class<? extends Effect> kind) {
        for (int i = 0; i < effects.size(); i++) {
            if (kind.isInstance(effects.get(i))) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void t52_who_stores_other_members_frees_no_vote_before_the_lease_of_who_sent_them() {
        var b = TestPeer.voter("b", "a", "b", "c");
        b.receive("a", new Message.Heartbeat(1, 1, 0));
        b.sync();
        b.tick(20);
        var joint = new Configuration(
                TestPeer.voters("a", "b", "d").voters(),
                TestPeer.voters("a", "b", "c").voters(),
                new TreeSet<>());
        b.receive("a", Scene.append(1, 1, 0, 1, Scene.configuration(2, 1, joint)));
        b.sync();
        b.step(new Input.LeaderVanished(TestPeer.nodes("a").getFirst()));

        b.tick(14);
        b.receive("d", new Message.VoteRequest(2, 2, 1));
        b.sync();
        assertThat(b.status().term()).isEqualTo(1);

        b.tick(1);
        b.receive("d", new Message.VoteRequest(2, 2, 1));
        b.sync();
        assertThat(b.sent("d")).contains(new Message.VoteReply(2, true));
    }
}
