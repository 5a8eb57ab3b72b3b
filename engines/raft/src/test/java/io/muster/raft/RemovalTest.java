package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.MemberChange;
import io.muster.log.NodeId;
import io.muster.log.Standing;
import io.muster.log.VoterId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// How a node learns that it was removed, and that it disturbs nobody before it does (Raft §6, thesis
/// §4.2.3; T35).
class RemovalTest {
    private static final NodeId C = new NodeId("c");
    private static final NodeId D = new NodeId("d");

    private final MemberCluster cluster = MemberCluster.ledByFirst("a", "b", "c");

    @Test
    void a_member_learns_of_its_removal_from_its_own_log() {
        cluster.change("a", new MemberChange.Remove(C));
        cluster.tick(10);

        assertThat(cluster.peer("c").effects(Effect.Removed.class)).hasSize(1);
        assertThat(cluster.peer("c").status().standing()).isEqualTo(Standing.REMOVED);
    }

    @Test
    void one_that_knows_of_its_removal_is_left_alone() {
        cluster.change("a", new MemberChange.Remove(C));
        cluster.tick(20);
        cluster.peer("a").drain();

        cluster.tick(20);

        assertThat(cluster.peer("a").sent("c")).isEmpty();
    }

    @Test
    void one_that_never_answers_is_fed_for_a_bounded_time() {
        cluster.crash("c");
        cluster.change("a", new MemberChange.Remove(C));
        cluster.tick(RaftConfig.DEFAULT.times().partingTicks());
        cluster.peer("a").drain();

        cluster.tick(40);

        assertThat(cluster.peer("a").sent("c")).isEmpty();
    }

    @Test
    void t35_a_voter_that_was_away_is_told_when_it_asks_for_votes() {
        cluster.crash("c");
        cluster.change("a", new MemberChange.Remove(C));
        cluster.tick(RaftConfig.DEFAULT.times().partingTicks() + 1);
        long term = cluster.peer("a").status().term();

        cluster.restart("c");
        cluster.tick(100);

        assertThat(cluster.peer("c").status().standing()).isEqualTo(Standing.REMOVED);
        assertThat(cluster.peer("a").isLeader()).isTrue();
        assertThat(cluster.peer("a").status().term()).isEqualTo(term);
    }

    @Test
    void t35_a_node_that_knows_it_was_removed_asks_for_no_votes() {
        cluster.change("a", new MemberChange.Remove(C));
        cluster.tick(20);
        cluster.peer("c").drain();

        cluster.tick(200);

        assertThat(cluster.peer("c").drain()).noneMatch(Effect.Send.class::isInstance);
    }

    @Test
    void a_learner_that_was_away_is_told_when_it_asks() {
        cluster.addLearner("d");
        cluster.crash("d");
        cluster.change("a", new MemberChange.Remove(D));
        cluster.tick(RaftConfig.DEFAULT.times().partingTicks() + 1);

        cluster.restart("d");
        cluster.tick(100);

        assertThat(cluster.peer("d").effects(Effect.Removed.class)).hasSize(1);
    }

    @Test
    void a_removed_node_that_starts_again_knows_or_learns_it() {
        cluster.change("a", new MemberChange.Remove(C));
        cluster.tick(10);
        cluster.crash("c");

        cluster.restart("c");
        cluster.tick(100);

        assertThat(cluster.peer("c").status().standing()).isEqualTo(Standing.REMOVED);
    }

    @Test
    void what_an_older_configuration_says_concerns_nobody_who_was_added_later() {
        cluster.addLearner("d");
        long added = cluster.peer("d").status().lastIndex();

        cluster.peer("d").receive("b", new Message.NotMember(1, added - 1));

        assertThat(cluster.peer("d").effects(Effect.Removed.class)).isEmpty();
    }

    @Test
    void a_node_that_never_was_a_member_was_not_removed() {
        var d = cluster.begin("d");
        d.receive(
                "a", Scene.append(1, 0, 0, 1, cluster.peer("a").disk().batches().getFirst()));
        d.sync();

        d.receive("b", new Message.NotMember(1, 1));
        d.tick(100);

        assertThat(d.effects(Effect.Removed.class)).isEmpty();
        assertThat(d.status().standing()).isEqualTo(Standing.NO_VOTER);
    }

    @Test
    void a_removal_that_is_not_committed_is_not_believed() {
        cluster.cut("a", "b");
        cluster.ask("a", new MemberChange.Remove(C));
        cluster.sync("a");
        cluster.deliver();
        cluster.sync("c");

        assertThat(cluster.peer("c").effects(Effect.Removed.class)).isEmpty();
        assertThat(cluster.configuration("c").isMember(C)).isTrue();
    }

    @Test
    void a_membership_that_is_taken_back_was_none_to_be_removed_from() {
        var d = cluster.begin("d");
        var founded = cluster.peer("a").disk().batches().getFirst();
        var withD = new Configuration(
                TestPeer.voters("a", "b", "c").voters(),
                new TreeSet<>(),
                TestPeer.voters("d").voters());
        d.receive("a", Scene.append(1, 0, 0, 1, founded, Scene.configuration(2, 1, withD)));
        d.sync();

        d.receive("b", Scene.append(2, 1, 0, 1, Scene.batch(2, 1, 2)));
        d.sync();

        assertThat(d.effects(Effect.Removed.class)).isEmpty();
        assertThat(d.status().standing()).isEqualTo(Standing.FOLLOWS);
    }

    @Test
    void who_is_added_again_is_a_member_again() {
        cluster.addLearner("d");
        cluster.change("a", new MemberChange.Remove(D));
        cluster.tick(10);
        assertThat(cluster.peer("d").status().standing()).isEqualTo(Standing.REMOVED);

        cluster.change("a", MemberCluster.add("d"));
        cluster.tick(20);

        assertThat(cluster.peer("d").status().standing()).isEqualTo(Standing.FOLLOWS);
        assertThat(cluster.peer("d").status().leader()).contains(new NodeId("a"));
    }

    @Test
    void t47_a_node_that_took_a_name_is_not_the_voter_that_had_it() {
        var founder = new VoterId(1, 1);
        var alone = Configuration.founding(new TreeMap<>(Map.of(C, founder)));
        var stored = Disk.bootstrapped(alone).restore(0);
        var another = new Raft(RaftConfig.DEFAULT, C, 1, stored.of(new VoterId(2, 2)));
        var itself = new Raft(RaftConfig.DEFAULT, C, 1, stored.of(founder));

        assertThat(effectsOfWaiting(another)).isEmpty();
        assertThat(another.status().standing()).isEqualTo(Standing.NO_VOTER);
        assertThat(effectsOfWaiting(itself)).isNotEmpty();
    }

    private static List<Effect> effectsOfWaiting(Raft raft) {
        var effects = new ArrayList<Effect>();
        for (int i = 0; i < 100; i++) {
            effects.addAll(raft.step(new Input.Tick(0)));
        }
        return effects;
    }

    @Test
    void voters_answer_without_looking_whether_the_asker_is_a_member() {
        cluster.addLearner("d");
        cluster.cut("a", "b");
        cluster.ask("a", new MemberChange.Promote(D));
        cluster.sync("a");
        cluster.deliver();
        List.of("c", "d").forEach(cluster::sync);
        cluster.crash("a");
        cluster.heal();

        cluster.tick(15);
        cluster.elect("d");

        assertThat(cluster.peer("d").isLeader()).isTrue();
    }
}
