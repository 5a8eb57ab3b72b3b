package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The leader's half of an install (Raft §7): to whom it sends a snapshot, how, and what it makes of
/// answers.
class SnapshotStreamTest {
    private static final long SESSION = Scene.INSTALL_SESSION;

    @Test
    void t27_a_member_whose_next_entry_was_compacted_is_asked_for_the_newest_snapshot() {
        var a = Scene.installingLeader();

        var question = last(a);

        assertThat(question.isQuestion()).isTrue();
        assertThat(question.session()).isEqualTo(SESSION);
        assertThat(question.meta().lastIndex()).isEqualTo(6);
        assertThat(a.last(Effect.PinSnapshots.class)).contains(pins(6L));
    }

    @Test
    void t27_a_member_that_has_nothing_at_all_is_served() {
        var a = Scene.leaderWithCutLog();
        a.step(new Input.PeerRestarted(new NodeId("c")));

        a.receive("c", new Message.AppendRejected(1, 2, 6, 0, 0));

        assertThat(last(a).meta().lastIndex()).isEqualTo(6);
    }

    @Test
    void a_member_that_holds_the_entry_before_the_base_needs_no_snapshot() {
        var a = Scene.leaderWithCutLog();
        a.step(new Input.PeerRestarted(new NodeId("c")));

        a.receive("c", new Message.AppendRejected(1, 2, 6, 4, 1));

        assertThat(a.sent("c", Message.InstallSnapshot.class)).isEmpty();
        assertThat(a.sent("c", Message.Append.class).getLast().prevIndex()).isEqualTo(4);
    }

    @Test
    void one_piece_is_on_its_way_at_a_time() {
        var a = Scene.installingLeader();

        want(a, 0);
        a.serveReads();
        a.tick(1);

        assertThat(a.sent("c", Message.InstallSnapshot.class)).singleElement().satisfies(piece -> {
            assertThat(piece.offset()).isZero();
            assertThat(piece.bytes().text()).isEqualTo("state up to 6, w");
        });
        assertThat(a.effects(Effect.ReadPiece.class)).isEmpty();
    }

    @Test
    void the_next_piece_is_the_one_that_the_member_names() {
        var a = Scene.installingLeader();

        want(a, 11);
        a.serveReads();

        assertThat(last(a).offset()).isEqualTo(11);
    }

    @Test
    void an_answer_that_comes_twice_does_not_double_what_is_sent() {
        var a = Scene.installingLeader();

        want(a, 0);
        want(a, 0);
        a.serveReads();
        want(a, 0);

        assertThat(a.effects(Effect.ReadPiece.class)).isEmpty();
    }

    @Test
    void an_answer_of_another_session_or_snapshot_does_not_count_t19() {
        var a = Scene.installingLeader();

        a.receive("c", new Message.InstallWanted(1, SESSION - 1, 6, 11));
        a.receive("c", new Message.InstallWanted(1, SESSION, 4, 11));

        assertThat(a.effects(Effect.ReadPiece.class)).isEmpty();
    }

    @Test
    void a_member_that_is_silent_is_asked_again_and_goes_on_where_it_was() {
        var a = Scene.installingLeader();
        want(a, 0);
        a.serveReads();
        a.drain();

        idle(a, RaftConfig.DEFAULT.times().retryTicks());
        assertThat(last(a).isQuestion()).isTrue();
        want(a, 16);
        a.serveReads();

        assertThat(last(a).offset()).isEqualTo(16);
    }

    @Test
    void a_read_of_the_snapshot_that_is_never_answered_is_asked_again() {
        var a = Scene.installingLeader();
        want(a, 0);
        a.drain();

        idle(a, RaftConfig.DEFAULT.times().retryTicks());
        want(a, 0);

        assertThat(a.effects(Effect.ReadPiece.class)).hasSize(1);
    }

    @Test
    void a_member_that_reconnects_is_asked_at_once_in_a_new_session() {
        var a = Scene.installingLeader();
        want(a, 0);
        a.drain();

        a.step(new Input.PeerRestarted(new NodeId("c")));

        assertThat(last(a).isQuestion()).isTrue();
        assertThat(last(a).session()).isEqualTo(SESSION + 1);
        assertThat(last(a).meta().lastIndex()).isEqualTo(6);
    }

    @Test
    void t26_next_comes_what_follows_the_snapshot() {
        var a = Scene.installingLeader();
        a.propose("y");
        a.sync();
        a.drain();

        a.receive("c", new Message.AppendAccepted(1, SESSION, 6));

        var append = a.sent("c", Message.Append.class).getFirst();
        assertThat(append.prevIndex()).isEqualTo(6);
        assertThat(append.batches()).extracting(Batch::firstIndex).containsExactly(7L);
        assertThat(a.last(Effect.PinSnapshots.class)).contains(pins());
    }

    @Test
    void t26_a_newer_snapshot_neither_replaces_nor_outruns_the_one_that_streams() {
        var a = Scene.installingLeader();
        want(a, 0);
        a.serveReads();
        commitAndTake(a, 8);
        commitAndTake(a, 10);

        want(a, 16);
        a.serveReads();

        assertThat(last(a).meta().lastIndex()).isEqualTo(6);
        assertThat(a.raft().base().index()).isEqualTo(6);
        a.drain();
        a.receive("c", new Message.AppendAccepted(1, SESSION, 6));
        assertThat(a.sent("c", Message.Append.class).getFirst().prevIndex()).isEqualTo(6);
    }

    @Test
    void an_install_that_has_not_begun_begins_with_the_newest_snapshot() {
        var a = Scene.installingLeader();
        commitAndTake(a, 8);

        want(a, 0);
        a.serveReads();

        assertThat(last(a).meta().lastIndex()).isEqualTo(8);
        assertThat(a.last(Effect.PinSnapshots.class)).isEmpty();
    }

    @Test
    void an_install_without_news_for_very_long_lets_go_of_its_snapshot() {
        var a = Scene.installingLeader();
        want(a, 0);
        a.drain();

        idle(
                a,
                RaftConfig.DEFAULT.times().installTicks()
                        + RaftConfig.DEFAULT.times().retryTicks());

        assertThat(a.last(Effect.PinSnapshots.class)).contains(pins());
    }

    @Test
    void a_member_that_is_not_heard_is_not_begun_with() {
        var a = Scene.leaderWithCutLog();
        a.drain();

        idle(a, 2 * RaftConfig.DEFAULT.times().electionTicksMin());
        a.step(new Input.PeerRestarted(new NodeId("c")));

        assertThat(a.sent("c", Message.InstallSnapshot.class)).isEmpty();
    }

    @Test
    void a_leader_that_stops_leading_lets_go_of_its_snapshots() {
        var a = Scene.installingLeader();

        a.receive("b", new Message.HeartbeatReply(9, 0));

        assertThat(a.isLeader()).isFalse();
        assertThat(a.last(Effect.PinSnapshots.class)).contains(pins());
    }

    @Test
    void a_member_that_installs_counts_as_heard_but_commits_nothing_t18() {
        var a = Scene.installingLeader();
        a.propose("y");
        a.sync();

        for (int i = 0; i < 3 * RaftConfig.DEFAULT.times().electionTicksMin(); i++) {
            a.tick(1);
            a.sent("c", Message.Heartbeat.class)
                    .forEach(beat -> a.receive("c", new Message.HeartbeatReply(1, beat.round())));
            a.drain();
        }

        assertThat(a.isLeader()).isTrue();
        assertThat(a.status().commitIndex()).isEqualTo(6);
    }

    @Test
    void batches_that_left_the_disk_while_they_were_read_are_no_contradiction() {
        var config = Configs.withMemory(Configs.keeping(RaftConfig.DEFAULT, 0), 0, 1 << 20, 100);
        var a = Scene.settledLeader(config, "a", "a", "b", "c");
        for (long index = 3; index <= 6; index++) {
            a.propose("x" + index);
            a.sync();
            Scene.acknowledge(a, "b", 1, index);
        }
        a.step(new Input.PeerRestarted(new NodeId("c")));
        a.receive("c", new Message.AppendRejected(1, 2, 6, 2, 1));
        long ticket = a.last(Effect.ReadBatches.class).orElseThrow().ticket();
        var older = a.raft().describe(5, a.disk().batches().get(4).time()).orElseThrow();
        var newer = a.raft().describe(6, a.raft().lastTime()).orElseThrow();
        a.disk().snapshots().add(older, Bytes.EMPTY);
        a.disk().snapshots().add(newer, Bytes.EMPTY);

        a.step(new Input.SnapshotsKept(List.of(older, newer)));
        a.step(new Input.BatchesRead(ticket, List.of()));

        assertThat(last(a).meta()).isEqualTo(newer);
    }

    /// `c` says what it lacks.
    private static void want(TestPeer leader, long offset) {
        leader.drain();
        leader.receive("c", new Message.InstallWanted(1, SESSION, 6, offset));
    }

    /// Time passes in which `b` is heard.
    private static void idle(TestPeer leader, int ticks) {
        for (int i = 0; i < ticks; i++) {
            leader.tick(1);
            leader.effects(Effect.RoundSent.class)
                    .forEach(sent -> leader.receive("b", new Message.HeartbeatReply(1, sent.round())));
        }
    }

    /// Two more entries are committed, up to `index`, and a snapshot of them is taken.
    private static void commitAndTake(TestPeer leader, long index) {
        leader.propose("y");
        leader.propose("z");
        leader.sync();
        Scene.acknowledge(leader, "b", 1, index);
        leader.snapshot("").forEach(leader::step);
    }

    private static Message.InstallSnapshot last(TestPeer leader) {
        return leader.sent("c", Message.InstallSnapshot.class).getLast();
    }

    private static Effect.PinSnapshots pins(Long... indexes) {
        return new Effect.PinSnapshots(new TreeSet<>(List.of(indexes)));
    }
}
