package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How a log is cut behind its snapshots, and what a node does whose log begins behind one (Raft §7).
class CompactionTest {
    private static final VoteState TERM_3 = new VoteState(3, Optional.of(new NodeId("b")));

    @Test
    void one_snapshot_alone_cuts_nothing() {
        var a = Scene.settledLeader(Configs.keeping(RaftConfig.DEFAULT, 0), "a", "a", "b", "c");

        a.snapshot("").forEach(a::step);

        assertThat(a.effects(Effect.CutPrefix.class)).isEmpty();
        assertThat(a.raft().base()).isEqualTo(LogStart.BEGINNING);
    }

    @Test
    void the_log_is_cut_up_to_the_older_of_two_snapshots() {
        var a = Scene.leaderWithCutLog();

        assertThat(a.last(Effect.CutPrefix.class))
                .contains(new Effect.CutPrefix(a.raft().base()));
        assertThat(a.raft().base().index()).isEqualTo(4);
        assertThat(a.raft().base().configuration().index()).isEqualTo(1);
        assertThat(a.disk().batches()).extracting(Batch::firstIndex).containsExactly(5L, 6L);
    }

    @Test
    void what_is_kept_for_slow_followers_is_not_cut() {
        int ofTwo = 2 * Scene.batch(1, 1, 1).size();
        var a = Scene.settledLeader(Configs.keeping(RaftConfig.DEFAULT, ofTwo), "a", "a", "b", "c");
        for (long index = 3; index <= 6; index++) {
            a.propose("x" + index);
            a.sync();
            Scene.acknowledge(a, "b", 1, index);
        }
        var older = a.raft().describe(5, a.raft().lastTime()).orElseThrow();
        var newer = a.raft().describe(6, a.raft().lastTime()).orElseThrow();
        a.disk().snapshots().add(older, Bytes.EMPTY);
        a.disk().snapshots().add(newer, Bytes.EMPTY);

        a.step(new Input.SnapshotsKept(List.of(older, newer)));

        assertThat(a.raft().base().index()).isEqualTo(4);
    }

    @Test
    void what_has_left_the_memory_is_cut_at_the_end_of_a_snapshot() {
        var config = Configs.withMemory(Configs.keeping(RaftConfig.DEFAULT, 0), 0, 1 << 20, 100);
        var a = Scene.settledLeader(config, "a", "a", "b", "c");
        for (long index = 3; index <= 6; index++) {
            a.propose("x" + index);
            a.sync();
            Scene.acknowledge(a, "b", 1, index);
            if (index % 2 == 0) {
                a.snapshot("").forEach(a::step);
            }
        }

        assertThat(a.raft().recent(5, 1)).isEmpty();
        assertThat(a.raft().base().index()).isEqualTo(4);
    }

    @Test
    void t28_a_start_behind_a_snapshot_knows_that_it_is_committed() {
        var a = withSnapshot(10, 2, Scene.batches(11, 2, 3));

        assertThat(a.status().commitIndex()).isEqualTo(10);
        assertThat(a.status().lastIndex()).isEqualTo(12);
        assertThat(a.raft().configuration()).isEqualTo(TestPeer.voters("a", "b", "c"));
    }

    @Test
    void a_candidate_whose_log_is_empty_says_where_it_begins_5_4_1() {
        var a = withSnapshot(10, 2);

        a.tickUntil(RaftStatus.MemberRole.PRE_CANDIDATE);

        var asked = a.sent("b", Message.PreVoteRequest.class).getLast();
        assertThat(asked.lastIndex()).isEqualTo(10);
        assertThat(asked.lastTerm()).isEqualTo(2);
    }

    @Test
    void t22_an_append_from_below_the_base_is_taken_from_the_base_on() {
        var a = withSnapshot(10, 2, Scene.batches(11, 3));

        a.receive("b", Scene.append(3, 8, 2, 12, Scene.batches(9, 2, 2, 3, 3)));
        a.sync();

        assertThat(a.disk().batches()).extracting(Batch::firstIndex).containsExactly(11L, 12L);
        assertThat(a.sent("b")).containsExactly(new Message.AppendAccepted(3, 1, 12));
        assertThat(a.status().commitIndex()).isEqualTo(12);
    }

    @Test
    void t22_an_append_that_ends_below_the_base_is_acknowledged_and_changes_nothing() {
        var a = withSnapshot(10, 2, Scene.batches(11, 3));

        a.receive("b", Scene.append(3, 3, 1, 12, Scene.batches(4, 1, 2)));

        assertThat(a.sent("b")).containsExactly(new Message.AppendAccepted(3, 1, 5));
        assertThat(a.effects(Effect.Persist.class)).isEmpty();
    }

    @Test
    void a_refusal_hints_at_no_place_below_the_base() {
        var a = withSnapshot(10, 2, Scene.batches(11, 3));

        a.receive("b", Scene.append(4, 14, 3, 0));
        a.sync();
        a.receive("b", Scene.append(4, 11, 2, 0));

        assertThat(a.sent("b", Message.AppendRejected.class))
                .containsExactly(
                        new Message.AppendRejected(4, 1, 14, 11, 3), new Message.AppendRejected(4, 1, 11, 10, 2));
    }

    @Test
    void t25_a_start_takes_over_a_snapshot_that_its_log_does_not_reach() {
        var a = Scene.withLog("a", 3, 1, 1);
        var meta = Scene.snapshot(10, 2);
        a.disk().snapshots().add(meta, Bytes.utf8("state up to 10"));

        a.restart(2);
        a.tick(1);

        var write = a.last(Effect.Persist.class).orElseThrow();
        assertThat(write.cut()).isEqualTo(new Effect.Cut.Everything(LogStart.behind(meta)));
        assertThat(write.isStateChanged()).isFalse();
        assertThat(a.status().lastIndex()).isEqualTo(10);
        assertThat(a.status().commitIndex()).isEqualTo(10);
        assertThat(a.effects(Effect.InstallState.class)).isEmpty();
    }

    @Test
    void a_start_from_the_older_snapshot_goes_on_with_the_log_behind_it() {
        var a = Scene.leaderWithCutLog();

        a.disk().snapshots().damageNewest();
        a.restart(2);

        assertThat(a.status().commitIndex()).isEqualTo(4);
        assertThat(a.status().lastIndex()).isEqualTo(6);
        assertThat(a.raft().recent(5, 1)).isNotEmpty();
    }

    /// A node in term 3 whose log continues a snapshot.
    private static TestPeer withSnapshot(long index, long term, Batch... batches) {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.disk().store(TERM_3, Scene.snapshot(index, term), List.of(batches));
        a.restart(1);
        return a;
    }
}
