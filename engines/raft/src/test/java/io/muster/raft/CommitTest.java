package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// When an entry is committed (Raft §5.3, §5.4.2, §6): on the disks of a majority, and made in the leader's own term.
class CommitTest {
    @Test
    void an_entry_is_committed_once_a_majority_has_it_on_disk_5_3() {
        var a = Scene.settledLeader("a", "a", "b", "c", "d", "e");
        a.propose("x");
        a.sync();

        Scene.acknowledge(a, "b", 1, 3);

        assertThat(a.status().commitIndex()).isEqualTo(2);

        Scene.acknowledge(a, "c", 1, 3);

        assertThat(a.last(Effect.Committed.class)).contains(new Effect.Committed(3));
    }

    @Test
    void t11_the_leader_counts_itself_only_once_its_own_write_is_synced() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");

        Scene.acknowledge(a, "b", 1, 3);

        assertThat(a.status().commitIndex()).isEqualTo(2);

        a.sync();

        assertThat(a.status().commitIndex()).isEqualTo(3);
    }

    @Test
    void a_majority_of_followers_commits_without_the_leaders_own_disk_5_3() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");

        Scene.acknowledge(a, "b", 1, 3);
        Scene.acknowledge(a, "c", 1, 3);

        assertThat(a.status().durableIndex()).isEqualTo(2);
        assertThat(a.status().commitIndex()).isEqualTo(3);
    }

    @Test
    void t17_an_entry_of_an_earlier_term_is_never_committed_by_counting_5_4_2() {
        var a = Scene.withLog("a", 3, 1, 2);
        Scene.campaign(a);
        Scene.elect(a);

        Scene.acknowledge(a, "b", 1, 3);
        Scene.acknowledge(a, "c", 1, 3);

        assertThat(a.status().commitIndex()).as("3/2 is on every disk").isZero();

        a.sync();
        Scene.acknowledge(a, "b", 1, 4);

        assertThat(a.status().commitIndex()).as("4/4 commits what is before it").isEqualTo(4);
    }

    @Test
    void only_a_follower_that_owes_no_answer_is_told_of_a_commit_at_once() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        a.sync();
        a.drain();

        Scene.acknowledge(a, "b", 1, 3);

        assertThat(a.sent("b")).containsExactly(new Message.CommitNotice(1, 3));
        assertThat(a.sent("c")).as("its answer is still to come").isEmpty();
    }

    @Test
    void a_follower_is_told_to_commit_only_what_it_is_known_to_hold() {
        var a = Scene.settledLeader("a", "a", "b", "c");
        a.propose("x");
        a.sync();
        Scene.acknowledge(a, "b", 1, 3);
        a.drain();

        a.tick(5);

        assertThat(a.sent("b", Message.Heartbeat.class).getFirst().commit()).isEqualTo(3);
        assertThat(a.sent("c", Message.Heartbeat.class).getFirst().commit()).isEqualTo(2);
    }

    @Test
    void t48_a_learner_receives_everything_and_is_counted_nowhere() {
        var configuration = new Configuration(
                new TreeSet<>(TestPeer.nodes("a", "b", "c")), new TreeSet<>(), new TreeSet<>(TestPeer.nodes("d", "e")));
        var a = leaderOf(configuration);
        a.propose("x");
        a.sync();

        Scene.acknowledge(a, "d", 1, 4);
        Scene.acknowledge(a, "e", 1, 4);

        assertThat(a.sent("d", Message.Append.class)).isNotEmpty();
        assertThat(a.status().commitIndex()).isEqualTo(0);

        Scene.acknowledge(a, "b", 1, 4);

        assertThat(a.status().commitIndex()).isEqualTo(4);
    }

    @Test
    void while_joint_both_majorities_are_needed_6() {
        var configuration = new Configuration(
                new TreeSet<>(TestPeer.nodes("a", "b", "c")),
                new TreeSet<>(TestPeer.nodes("a", "d", "e")),
                new TreeSet<>());
        var a = leaderOf(configuration);
        a.propose("x");
        a.sync();

        Scene.acknowledge(a, "b", 1, 4);
        Scene.acknowledge(a, "c", 1, 4);

        assertThat(a.status().commitIndex()).isZero();

        Scene.acknowledge(a, "d", 1, 4);

        assertThat(a.status().commitIndex()).isEqualTo(4);
    }

    /// Node a with `configuration` at index 2, elected by everyone; its own first entry stands at 3.
    private static TestPeer leaderOf(Configuration configuration) {
        var a = TestPeer.voter("a", "a", "b", "c");
        var bootstrap = a.disk().batches().getFirst();
        a.disk().store(VoteState.INITIAL, List.of(bootstrap, Scene.configuration(2, 0, configuration)));
        a.restart(1);
        Scene.campaign(a);
        Scene.elect(a);
        return a;
    }
}
