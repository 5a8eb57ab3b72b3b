package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.EngineException;
import io.muster.log.SnapshotMeta;
import io.muster.raftruntime.SnapshotEvents.Kept;
import io.muster.raftruntime.SnapshotEvents.NotWritten;
import io.muster.raftruntime.SnapshotEvents.Read;
import io.muster.raftruntime.SnapshotEvents.Received;
import io.muster.raftruntime.SnapshotEvents.Refused;
import io.muster.raftruntime.SnapshotEvents.State;
import io.muster.raftruntime.SnapshotEvents.Stored;
import io.muster.raftruntime.SnapshotEvents.Written;
import io.muster.raftruntime.SnapshotStore.Piece;
import io.muster.raftruntime.SnapshotStore.PieceWanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What every snapshot store promises to the engine.
public interface SnapshotStoreContract {
    int PIECE_BYTES = 16;

    /// Opens the store of node `name`; the next call after a close opens the same snapshots again.
    SnapshotStore open(String name);

    /// Lets a store get on with its work that has no thread of its own.
    default void turn() {}

    /// A store that has begun, and what it told.
    record Started(SnapshotStore store, SnapshotEvents events) implements AutoCloseable {
        void write(long index) {
            store.write(SnapshotEvents.meta(index), SnapshotEvents.state(index));
            assertThat(events.next()).isEqualTo(new Written(SnapshotEvents.meta(index)));
        }

        /// Answers which are kept then.
        List<SnapshotMeta> take(long index) {
            write(index);
            store.keep(SnapshotEvents.meta(index));
            return ((Kept) events.next()).kept();
        }

        /// All pieces of a pinned snapshot, from its begin to its end.
        List<Bytes> pieces(long index) {
            var pieces = new ArrayList<Bytes>();
            long offset = 0;
            while (true) {
                store.read(new PieceWanted(pieces.size(), index, offset, PIECE_BYTES));
                var read = (Read) events.next();
                assertThat(read.ticket()).isEqualTo(pieces.size());
                assertThat(read.bytes().size()).isBetween(1, PIECE_BYTES);
                pieces.add(read.bytes());
                offset += read.bytes().size();
                if (read.isLast()) {
                    return pieces;
                }
            }
        }

        /// What is answered to each of these pieces.
        List<Object> receive(SnapshotMeta meta, List<Bytes> pieces) {
            var answers = new ArrayList<Object>();
            long offset = 0;
            for (int i = 0; i < pieces.size(); i++) {
                store.receive(new Piece(i, meta, offset, pieces.get(i), i == pieces.size() - 1));
                offset += pieces.get(i).size();
                answers.add(events.next());
            }
            return answers;
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /// Opens and starts the store of node `name`.
    default Started begun(String name) {
        var events = new SnapshotEvents(this::turn);
        SnapshotStore store = open(name);
        store.start(events);
        return new Started(store, events);
    }

    private List<Bytes> piecesOfTaken(long index) {
        try (var sender = begun("n1")) {
            sender.take(index);
            sender.store().pin(new TreeSet<>(List.of(index)));
            return sender.pieces(index);
        }
    }

    private Map<String, List<Bytes>> sections(String name, long index) {
        try (var store = open(name);
                var reader = store.open(SnapshotEvents.meta(index)).orElseThrow()) {
            return SnapshotEvents.sections(reader);
        }
    }

    private List<SnapshotMeta> keptAfterStart(String name) {
        try (var store = open(name)) {
            return store.kept();
        }
    }

    @Test
    default void a_new_store_has_no_snapshot() {
        assertThat(keptAfterStart("n1")).isEmpty();
    }

    @Test
    default void what_was_kept_is_read_back_after_a_start() {
        try (var first = begun("n1")) {
            first.take(42);
        }

        assertThat(keptAfterStart("n1")).containsExactly(SnapshotEvents.meta(42));
        assertThat(sections("n1", 42)).isEqualTo(SnapshotEvents.state(42).sections());
    }

    @Test
    default void a_snapshot_that_is_not_there_is_not_opened() {
        try (var store = open("n1")) {
            assertThat(store.open(SnapshotEvents.meta(42))).isEmpty();
        }
    }

    @Test
    default void what_was_written_and_not_kept_is_no_snapshot() {
        try (var first = begun("n1")) {
            first.take(10);
            first.write(20);
        }

        assertThat(keptAfterStart("n1")).containsExactly(SnapshotEvents.meta(10));
    }

    @Test
    default void what_was_written_and_not_kept_makes_room_for_the_next() {
        try (var first = begun("n1")) {
            first.write(10);
            first.take(20);
        }

        assertThat(keptAfterStart("n1")).containsExactly(SnapshotEvents.meta(20));
    }

    @Test
    default void two_snapshots_are_kept_the_newest_first() {
        try (var first = begun("n1")) {
            first.take(10);
            first.take(20);
            first.take(30);
        }

        assertThat(keptAfterStart("n1")).containsExactly(SnapshotEvents.meta(30), SnapshotEvents.meta(20));
    }

    @Test
    default void a_state_is_closed_once_it_is_written() {
        var state = SnapshotEvents.state(10);
        try (var first = begun("n1")) {
            first.store().write(SnapshotEvents.meta(10), state);
            first.events().next();
        }

        assertThat(state.isClosed()).isTrue();
    }

    @Test
    default void a_state_that_cannot_be_written_leaves_what_is_kept_as_it_was() {
        var broken = new State(20, SnapshotEvents.state(20).sections(), () -> {
            throw new EngineException("no more");
        });
        try (var first = begun("n1")) {
            first.take(10);

            first.store().write(SnapshotEvents.meta(20), broken);

            assertThat(first.events().next()).isEqualTo(new NotWritten("no more"));
            assertThat(broken.isClosed()).isTrue();
            assertThat(first.take(30)).containsExactly(SnapshotEvents.meta(30), SnapshotEvents.meta(10));
        }
    }

    @Test
    default void a_snapshot_that_is_sent_piece_by_piece_is_kept_where_it_arrives() {
        List<Bytes> pieces = piecesOfTaken(42);
        assertThat(pieces).hasSizeGreaterThan(3);
        try (var receiver = begun("n2")) {
            List<Object> answers = receiver.receive(SnapshotEvents.meta(42), pieces);

            assertThat(answers.subList(0, answers.size() - 1)).allMatch(Stored.class::isInstance);
            assertThat(answers.getLast())
                    .isEqualTo(new Received(SnapshotEvents.meta(42), List.of(SnapshotEvents.meta(42))));
        }

        assertThat(sections("n2", 42)).isEqualTo(SnapshotEvents.state(42).sections());
    }

    @Test
    default void a_received_snapshot_can_be_sent_on() {
        List<Bytes> pieces = piecesOfTaken(42);
        try (var receiver = begun("n2")) {
            receiver.receive(SnapshotEvents.meta(42), pieces);
            receiver.store().pin(new TreeSet<>(List.of(42L)));

            assertThat(receiver.pieces(42)).isEqualTo(pieces);
        }
    }

    @Test
    default void a_received_snapshot_replaces_the_oldest_of_two() {
        List<Bytes> pieces = piecesOfTaken(42);
        try (var receiver = begun("n2")) {
            receiver.take(10);
            receiver.take(20);

            receiver.receive(SnapshotEvents.meta(42), pieces);
        }

        assertThat(keptAfterStart("n2")).containsExactly(SnapshotEvents.meta(42), SnapshotEvents.meta(20));
    }

    @Test
    default void a_received_snapshot_with_one_flipped_bit_is_refused_and_not_kept() {
        List<Bytes> pieces = piecesOfTaken(42);
        for (int at = 0; at < pieces.size(); at++) {
            var damaged = new ArrayList<>(pieces);
            byte[] flipped = pieces.get(at).array().clone();
            flipped[flipped.length - 1] ^= 1;
            damaged.set(at, Bytes.wrap(flipped));
            String name = "n" + (at + 2);
            try (var receiver = begun(name)) {
                assertThat(receiver.receive(SnapshotEvents.meta(42), damaged).getLast())
                        .as("piece %d", at)
                        .isEqualTo(new Refused(pieces.size() - 1));
            }

            assertThat(keptAfterStart(name)).as("piece %d", at).isEmpty();
        }
    }

    @Test
    default void a_snapshot_that_is_not_the_one_that_was_announced_is_refused() {
        List<Bytes> pieces = piecesOfTaken(42);
        try (var receiver = begun("n2")) {
            assertThat(receiver.receive(SnapshotEvents.meta(43), pieces).getLast())
                    .isEqualTo(new Refused(pieces.size() - 1));
        }

        assertThat(keptAfterStart("n2")).isEmpty();
    }

    @Test
    default void a_piece_at_offset_0_begins_anew() {
        List<Bytes> pieces = piecesOfTaken(42);
        try (var receiver = begun("n2")) {
            receiver.receive(SnapshotEvents.meta(41), pieces.subList(0, 1));
            receiver.receive(SnapshotEvents.meta(42), pieces.subList(0, 2));

            assertThat(receiver.receive(SnapshotEvents.meta(42), pieces).getLast())
                    .isInstanceOf(Received.class);
        }
    }

    @Test
    default void a_piece_that_does_not_go_on_where_the_last_ended_is_refused() {
        try (var receiver = begun("n2")) {
            receiver.store().receive(new Piece(1, SnapshotEvents.meta(42), 0, Bytes.utf8("begin"), false));
            assertThat(receiver.events().next()).isEqualTo(new Stored(1));

            receiver.store().receive(new Piece(2, SnapshotEvents.meta(42), 6, Bytes.utf8("later"), false));

            assertThat(receiver.events().next()).isEqualTo(new Refused(2));
        }
    }

    @Test
    default void behind_a_refused_piece_nothing_is_kept_of_those_before_it() {
        try (var receiver = begun("n2")) {
            receiver.store().receive(new Piece(1, SnapshotEvents.meta(42), 0, Bytes.utf8("begin"), false));
            receiver.store().receive(new Piece(2, SnapshotEvents.meta(42), 6, Bytes.utf8("later"), false));
            receiver.store().receive(new Piece(3, SnapshotEvents.meta(42), 5, Bytes.utf8("next"), false));

            assertThat(List.of(
                            receiver.events().next(),
                            receiver.events().next(),
                            receiver.events().next()))
                    .containsExactly(new Stored(1), new Refused(2), new Refused(3));
        }
    }

    @Test
    default void what_was_half_received_is_received_from_the_begin_after_a_start() {
        List<Bytes> pieces = piecesOfTaken(42);
        try (var receiver = begun("n2")) {
            receiver.receive(SnapshotEvents.meta(42), pieces.subList(0, 1));
        }
        try (var receiver = begun("n2")) {
            receiver.store()
                    .receive(new Piece(
                            7, SnapshotEvents.meta(42), pieces.getFirst().size(), pieces.get(1), false));

            assertThat(receiver.events().next()).isEqualTo(new Refused(7));
            assertThat(receiver.receive(SnapshotEvents.meta(42), pieces).getLast())
                    .isInstanceOf(Received.class);
        }
    }

    /// T26: else a transfer would never end while snapshots are taken faster than it.
    @Test
    default void a_pinned_snapshot_stays_readable_when_newer_ones_replace_it() {
        try (var sender = begun("n1")) {
            sender.take(10);
            sender.store().pin(new TreeSet<>(List.of(10L)));
            List<Bytes> expected = sender.pieces(10);

            sender.take(20);
            assertThat(sender.take(30)).doesNotContain(SnapshotEvents.meta(10));
            assertThat(sender.pieces(10)).isEqualTo(expected);
        }
    }

    @Test
    default void a_piece_behind_the_end_is_not_answered() {
        try (var sender = begun("n1")) {
            sender.take(10);
            sender.store().pin(new TreeSet<>(List.of(10L)));
            long end = sender.pieces(10).stream().mapToLong(Bytes::size).sum();

            sender.store().read(new PieceWanted(1, 10, end, PIECE_BYTES));
            sender.store().read(new PieceWanted(2, 10, 0, PIECE_BYTES));

            assertThat(((Read) sender.events().next()).ticket()).isEqualTo(2);
        }
    }

    @Test
    default void a_store_may_be_closed_twice() {
        var store = begun("n1").store();

        store.close();
        store.close();
    }
}
