package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The follower's half of an install (Raft §7, receiver's steps 1 to 8): what it takes, what it says,
/// what it does with its log.
class InstallTest {
    private static final SnapshotMeta UP_TO_10 = Scene.snapshot(10, 2);

    @Test
    void t24_a_log_that_ends_before_the_snapshot_is_dropped_whole() {
        var a = Scene.withLog("a", 3, 1, 1);

        a.receive("b", Scene.whole(3, UP_TO_10));
        a.serveReads();

        assertThat(lastWrite(a).cut()).isEqualTo(new Effect.Cut.Everything(LogStart.behind(UP_TO_10)));
        assertThat(a.status().lastIndex()).isEqualTo(10);
        assertThat(a.raft().base()).isEqualTo(LogStart.behind(UP_TO_10));
    }

    @Test
    void t24_a_log_with_another_term_there_is_dropped_with_all_that_follows() {
        var a = Scene.withLog("a", 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);

        a.receive("b", Scene.whole(3, UP_TO_10));
        a.serveReads();
        a.sync();

        assertThat(a.disk().batches()).isEmpty();
        assertThat(a.status().lastIndex()).isEqualTo(10);
    }

    @Test
    void t24_a_log_that_holds_the_last_entry_stays_as_it_is() {
        var a = Scene.withLog("a", 3, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3);

        a.receive("b", Scene.whole(3, UP_TO_10));

        assertThat(a.effects(Effect.StorePiece.class)).isEmpty();
        assertThat(a.effects(Effect.Persist.class)).isEmpty();
        assertThat(a.status().lastIndex()).isEqualTo(12);
        assertThat(a.sent("b")).containsExactly(new Message.AppendAccepted(3, 1, 10));
    }

    @Test
    void t28_the_commit_index_is_the_end_of_the_snapshot_or_beyond() {
        var shorter = Scene.withLog("a", 3, 1, 1);
        var longer = Scene.withLog("a", 3, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3);

        shorter.receive("b", Scene.whole(3, UP_TO_10));
        shorter.serveReads();
        longer.receive("b", Scene.whole(3, UP_TO_10));

        assertThat(shorter.status().commitIndex()).isEqualTo(10);
        assertThat(longer.status().commitIndex()).isEqualTo(10);
        assertThat(longer.last(Effect.Committed.class)).contains(new Effect.Committed(10));
    }

    @Test
    void t29_a_snapshot_older_than_what_is_committed_is_not_taken_over() {
        var a = Scene.withLog("a", 3, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3);
        a.receive("b", Scene.append(3, 12, 3, 12));

        a.receive("b", Scene.whole(3, Scene.snapshot(7, 1)));
        a.step(new Input.SnapshotReceived(Scene.snapshot(7, 1)));

        assertThat(a.effects(Effect.StorePiece.class)).isEmpty();
        assertThat(a.effects(Effect.InstallState.class)).isEmpty();
        assertThat(a.status().lastIndex()).isEqualTo(12);
        assertThat(a.status().commitIndex()).isEqualTo(12);
    }

    @Test
    void t29_the_configuration_is_that_of_the_snapshot_once_the_log_is_gone() {
        var four = new StoredConfiguration(7, TestPeer.voters("a", "b", "c", "d"));
        var a = Scene.withLog("a", 3, 1, 1);

        a.receive("b", Scene.whole(3, Scene.snapshot(10, 2, four)));
        a.serveReads();

        assertThat(a.raft().configuration()).isEqualTo(four.configuration());
        assertThat(a.raft().describe(10, a.raft().lastTime()).orElseThrow().engine())
                .isEqualTo(four.encode());
    }

    @Test
    void t29_a_newer_configuration_in_the_log_that_stays_wins() {
        var four = TestPeer.voters("a", "b", "c", "d");
        var a = Scene.withLog("a", 3, 1, 1);
        a.receive("b", Scene.append(3, 3, 1, 0, Scene.batch(4, 7, 2), Scene.configuration(11, 3, four)));
        a.sync();

        a.receive("b", Scene.whole(3, UP_TO_10));

        assertThat(a.raft().configuration()).isEqualTo(four);
    }

    @Test
    void t30_a_reader_that_waits_is_answered_after_the_install() {
        var a = Scene.withLog("a", 3, 1, 1);
        a.receive("b", new Message.Heartbeat(3, 1, 0));
        a.step(new Input.BarrierAsked(7));
        long number = a.sent("b", Message.BarrierRequest.class).getFirst().ticket();

        a.receive("b", Scene.whole(3, UP_TO_10));
        a.serveReads();
        a.receive("b", new Message.BarrierReply(3, number, 10));

        assertThat(a.last(Effect.BarrierReached.class)).contains(new Effect.BarrierReached(7, 10));
    }

    @Test
    void the_state_is_replaced_once_and_the_log_goes_on_behind_it() {
        var a = Scene.withLog("a", 3, 1, 1);

        a.receive("b", Scene.whole(3, UP_TO_10));
        var piece = a.last(Effect.StorePiece.class).orElseThrow();
        var answers = a.served(piece);
        answers.forEach(a::step);
        answers.forEach(a::step);
        a.receive("b", Scene.append(3, 10, 2, 11, Scene.batches(11, 3)));
        a.sync();

        assertThat(a.effects(Effect.InstallState.class)).containsExactly(new Effect.InstallState(UP_TO_10));
        assertThat(a.disk().batches()).extracting(Batch::firstIndex).containsExactly(11L);
        assertThat(a.sent("b")).contains(new Message.AppendAccepted(3, 1, 11));
    }

    @Test
    void a_follower_that_is_emptied_by_an_install_keeps_its_term_and_vote() {
        var a = TestPeer.voter("a", "a", "b", "c");
        a.disk().store(new VoteState(3, Optional.of(new NodeId("c"))), a.disk().batches());
        a.restart(1);

        a.receive("b", Scene.whole(3, UP_TO_10));
        a.serveReads();
        a.sync();
        a.restart(2);

        assertThat(a.status().term()).isEqualTo(3);
        assertThat(a.status().votedFor()).contains(new NodeId("c"));
        assertThat(a.status().commitIndex()).isEqualTo(10);
    }

    @Test
    void the_end_is_acknowledged_once_the_new_log_is_synced() {
        var a = Scene.withLog("a", 3, 1, 1);

        a.receive("b", Scene.whole(3, UP_TO_10));
        a.serveReads();
        a.receive("b", Scene.append(3, 10, 2, 10));

        assertThat(a.sent("b", Message.AppendAccepted.class)).isEmpty();

        a.sync();

        assertThat(a.sent("b", Message.AppendAccepted.class))
                .hasSize(2)
                .allMatch(new Message.AppendAccepted(3, 1, 10)::equals);
    }

    @Test
    void t12_a_write_from_before_the_install_proves_nothing_about_the_new_log() {
        var a = Scene.withLog("a", 3, 1, 1);
        a.receive("b", Scene.append(3, 3, 1, 0, Scene.batches(4, 3, 3)));
        a.receive("b", Scene.whole(3, UP_TO_10));
        a.serveReads();
        a.receive("b", Scene.append(3, 10, 2, 0, Scene.batches(11, 3)));

        a.step(new Input.Persisted(a.disk().sync()));

        assertThat(a.status().durableIndex()).isZero();
        a.sync();
        assertThat(a.status().durableIndex()).isEqualTo(11);
    }

    @Test
    void pieces_are_asked_for_one_after_the_other() {
        var a = Scene.withLog("a", 3, 1, 1);

        a.receive("b", Scene.piece(3, UP_TO_10, 0, "state up ", false));
        a.serveReads();
        a.receive("b", Scene.piece(3, UP_TO_10, 9, "to 10", true));
        a.serveReads();

        assertThat(a.status().commitIndex()).isEqualTo(10);
    }

    @Test
    void a_piece_that_comes_twice_is_stored_once() {
        var a = Scene.withLog("a", 3, 1, 1);
        var first = Scene.piece(3, UP_TO_10, 0, "state up ", false);

        a.receive("b", first);
        a.receive("b", first);
        assertThat(a.effects(Effect.StorePiece.class)).hasSize(1);
        assertThat(a.sent("b")).isEmpty();
        a.serveReads();
        a.receive("b", first);

        assertThat(a.effects(Effect.StorePiece.class)).isEmpty();
        assertThat(a.sent("b")).containsOnly(new Message.InstallWanted(3, 1, 10, 9));
    }

    @Test
    void a_question_is_answered_by_how_much_is_there() {
        var a = Scene.withLog("a", 3, 1, 1);
        var question = Scene.piece(3, UP_TO_10, 0, "", false);

        a.receive("b", question);
        assertThat(a.sent("b")).containsExactly(new Message.InstallWanted(3, 1, 10, 0));
        a.receive("b", Scene.piece(3, UP_TO_10, 0, "state up ", false));
        a.serveReads();
        a.drain();
        a.receive("b", question);

        assertThat(a.sent("b")).containsExactly(new Message.InstallWanted(3, 1, 10, 9));
    }

    @Test
    void a_follower_that_restarts_in_the_middle_begins_anew() {
        var a = Scene.withLog("a", 3, 1, 1);
        a.receive("b", Scene.piece(3, UP_TO_10, 0, "state up ", false));
        a.serveReads();

        a.restart(2);
        a.receive("b", Scene.piece(3, UP_TO_10, 9, "to 10", true));

        assertThat(a.effects(Effect.StorePiece.class)).isEmpty();
        assertThat(a.sent("b")).containsExactly(new Message.InstallWanted(3, 1, 10, 0));
    }

    @Test
    void a_new_leader_in_the_middle_begins_anew_with_its_own_file() {
        var a = Scene.withLog("a", 3, 1, 1);
        a.receive("b", Scene.piece(3, UP_TO_10, 0, "state up ", false));
        a.serveReads();
        a.drain();

        a.receive("c", Scene.piece(4, UP_TO_10, 9, "to 10", true));
        a.sync();
        assertThat(a.sent("c")).containsExactly(new Message.InstallWanted(4, 1, 10, 0));
        a.receive("c", Scene.whole(4, UP_TO_10));
        a.serveReads();

        assertThat(a.status().commitIndex()).isEqualTo(10);
    }

    @Test
    void a_late_answer_about_a_former_leaders_piece_says_nothing_to_the_new_one() {
        var a = Scene.withLog("a", 3, 1, 1);
        a.receive("b", Scene.piece(3, UP_TO_10, 0, "state up ", false));
        long ticket = a.last(Effect.StorePiece.class).orElseThrow().ticket();

        a.receive("c", Scene.piece(4, UP_TO_10, 0, "state ", false));
        a.sync();
        a.drain();
        a.step(new Input.PieceStored(ticket));

        assertThat(a.sent("b")).isEmpty();
        assertThat(a.sent("c")).isEmpty();
    }

    @Test
    void a_snapshot_that_is_found_damaged_begins_anew_when_the_leader_asks() {
        var a = Scene.withLog("a", 3, 1, 1);
        a.receive("b", Scene.piece(3, UP_TO_10, 0, "nonsense", true));
        a.serveReads();

        a.receive("b", Scene.piece(3, UP_TO_10, 0, "", false));

        assertThat(a.sent("b")).containsExactly(new Message.InstallWanted(3, 1, 10, 0));
        assertThat(a.effects(Effect.InstallState.class)).isEmpty();
    }

    @Test
    void while_the_whole_is_checked_the_leader_hears_that_nothing_is_lacking() {
        var a = Scene.withLog("a", 3, 1, 1);
        a.receive("b", Scene.whole(3, UP_TO_10));

        a.receive("b", Scene.piece(3, UP_TO_10, 0, "", false));

        assertThat(a.sent("b")).containsExactly(new Message.InstallWanted(3, 1, 10, 14));
    }

    @Test
    void a_piece_of_a_leader_is_a_sign_of_life_and_one_of_an_old_term_is_not() {
        var a = Scene.withLog("a", 3, 1, 1);

        a.receive("b", Scene.piece(3, UP_TO_10, 0, "", false));
        a.receive("c", Scene.piece(2, UP_TO_10, 0, "", false));

        assertThat(a.status().leader()).contains(new NodeId("b"));
        assertThat(a.sent("c")).containsExactly(new Message.InstallWanted(3, 0, 10, 0));
    }

    @Test
    void a_snapshot_that_does_not_say_who_takes_part_is_ignored() {
        var a = Scene.withLog("a", 3, 1, 1);
        var ofNobody = new SnapshotMeta(10, 2, UP_TO_10.lastTime(), Bytes.utf8("nobody"));
        var late = Scene.snapshot(10, 2, new StoredConfiguration(11, TestPeer.voters("a")));

        for (SnapshotMeta meta : List.of(ofNobody, late)) {
            a.receive("b", Scene.whole(3, meta));
        }

        assertThat(a.effects(Effect.StorePiece.class)).isEmpty();
        assertThat(a.sent("b")).isEmpty();
    }

    private static Effect.Persist lastWrite(TestPeer peer) {
        return peer.disk().unsynced().getLast();
    }
}
