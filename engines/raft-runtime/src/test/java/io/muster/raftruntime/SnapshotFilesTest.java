package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.raftruntime.SnapshotEvents.Kept;
import io.muster.raftruntime.SnapshotEvents.Read;
import io.muster.raftruntime.SnapshotEvents.Received;
import io.muster.raftruntime.SnapshotEvents.Refused;
import io.muster.raftruntime.SnapshotEvents.State;
import io.muster.raftruntime.SnapshotEvents.Stored;
import io.muster.raftruntime.SnapshotEvents.Written;
import io.muster.raftruntime.SnapshotStore.Piece;
import io.muster.raftruntime.SnapshotStore.PieceWanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Snapshots as files: there whole or not at all.
final class SnapshotFilesTest {
    private static final LogIdentity IDENTITY = new LogIdentity(new ClusterId(0x1122, 0x3344), new NodeId("n1"), 0);

    @TempDir
    Path scratch;

    private Path folder = Path.of("");
    private final SnapshotEvents events = new SnapshotEvents();

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(scratch.resolve("n1"));
    }

    private SnapshotFiles open() {
        return SnapshotFiles.open(folder, IDENTITY);
    }

    private SnapshotFiles started() {
        var store = open();
        store.start(events);
        return store;
    }

    private Path file(long index) {
        return new SnapshotFolder(folder, IDENTITY).file(index);
    }

    private void write(SnapshotFiles store, long index) throws InterruptedException {
        store.write(SnapshotEvents.meta(index), SnapshotEvents.state(index));
        assertThat(events.next()).isEqualTo(new Written(SnapshotEvents.meta(index)));
        store.keep(SnapshotEvents.meta(index));
        assertThat(events.next()).isInstanceOf(Kept.class);
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Map<String, List<Bytes>> sectionsOf(SnapshotFiles store, SnapshotMeta meta) {
        try (var reader = store.open(meta).orElseThrow()) {
            return SnapshotEvents.sections(reader);
        }
    }

    @Test
    void the_stored_form_of_a_snapshot_never_changes() throws Exception {
        try (var store = started()) {
            write(store, 42);
        }

        Golden.check("snapshot-format-1.txt", Files.readAllBytes(file(42)));
    }

    @Test
    void what_was_written_is_read_back_after_a_start() throws Exception {
        try (var store = started()) {
            write(store, 42);
        }

        var store = open();

        assertThat(store.kept()).containsExactly(SnapshotEvents.meta(42));
        assertThat(sectionsOf(store, SnapshotEvents.meta(42)))
                .isEqualTo(SnapshotEvents.state(42).sections());
    }

    @Test
    void what_was_written_and_not_kept_is_no_snapshot() throws Exception {
        try (var store = started()) {
            write(store, 10);
            store.write(SnapshotEvents.meta(20), SnapshotEvents.state(20));
            events.next();

            assertThat(store.metrics().lastIndex()).isEqualTo(10);
        }

        assertThat(open().kept()).containsExactly(SnapshotEvents.meta(10));
        assertThat(names()).hasSize(1);
    }

    @Test
    void two_snapshots_are_kept_the_newest_first() throws Exception {
        try (var store = started()) {
            write(store, 10);
            write(store, 20);
            write(store, 30);
        }

        assertThat(names())
                .containsExactly(
                        file(20).getFileName().toString(),
                        file(30).getFileName().toString());
        assertThat(open().kept()).containsExactly(SnapshotEvents.meta(30), SnapshotEvents.meta(20));
    }

    @Test
    void a_flipped_bit_anywhere_is_found_and_the_file_removed() throws Exception {
        try (var store = started()) {
            write(store, 42);
        }
        byte[] whole = Files.readAllBytes(file(42));
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("-Dseed=" + seed);
        var random = new Random(seed);
        for (int at = 0; at < whole.length; at++) {
            boolean isVersion = at == 4;
            if (isVersion) {
                continue;
            }
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file(42), flipped);

            var store = open();
            boolean isOpened =
                    store.kept().stream().anyMatch(meta -> store.open(meta).isPresent());

            assertThat(isOpened).as("byte %d of %d", at, whole.length).isFalse();
            assertThat(names()).isEmpty();
        }
    }

    @Test
    void a_file_that_ends_too_early_is_found() throws Exception {
        try (var store = started()) {
            write(store, 42);
        }
        byte[] whole = Files.readAllBytes(file(42));
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(42), java.util.Arrays.copyOf(whole, length));

            var store = open();

            assertThat(store.kept().stream().flatMap(meta -> store.open(meta).stream()))
                    .as("the first %d bytes", length)
                    .isEmpty();
        }
    }

    @Test
    void a_snapshot_of_a_later_version_is_refused_and_not_removed() throws Exception {
        try (var store = started()) {
            write(store, 42);
        }
        byte[] bytes = Files.readAllBytes(file(42));
        bytes[4] = 2;
        Path file = file(42);
        Files.write(file, bytes);

        assertThatThrownBy(this::open).isInstanceOf(EngineException.class).hasMessageContaining("version 2");
        assertThat(file).exists();
    }

    @Test
    void a_snapshot_of_another_cluster_is_refused_and_not_removed() throws Exception {
        try (var store = started()) {
            write(store, 42);
        }
        var other = new LogIdentity(new ClusterId(5, 6), new NodeId("n1"), 0);

        assertThatThrownBy(() -> SnapshotFiles.open(folder, other))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("belongs to cluster");
        assertThat(names()).hasSize(1);
    }

    @Test
    void what_a_killed_process_left_half_done_is_removed_at_the_start() throws Exception {
        Files.write(folder.resolve(file(7).getFileName() + ".new"), new byte[100]);
        Files.write(folder.resolve(file(8).getFileName() + ".part"), new byte[100]);

        assertThat(open().kept()).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void a_state_that_cannot_be_written_leaves_what_is_kept_as_it_was() throws Exception {
        try (var store = started()) {
            write(store, 10);
            var broken = new State(20, SnapshotEvents.state(20).sections(), () -> {
                throw new IllegalStateException("no more");
            });

            store.write(SnapshotEvents.meta(20), broken);

            assertThat(events.next())
                    .isEqualTo(new SnapshotEvents.NotWritten("java.lang.IllegalStateException: no more"));
            assertThat(broken.isClosed()).isTrue();
            assertThat(store.metrics().failures()).isEqualTo(1);
            assertThat(names()).containsExactly(file(10).getFileName().toString());
            write(store, 30);
        }
    }

    @Test
    void a_state_is_closed_once_it_is_written() throws Exception {
        var state = SnapshotEvents.state(10);
        try (var store = started()) {
            store.write(SnapshotEvents.meta(10), state);
            events.next();
        }

        assertThat(state.isClosed()).isTrue();
    }

    /// Asks for pieces of 16 bytes until the file ends.
    private List<Bytes> pieces(SnapshotFiles store, long index) throws InterruptedException {
        var pieces = new ArrayList<Bytes>();
        long offset = 0;
        while (true) {
            store.read(new PieceWanted(pieces.size(), index, offset, 16));
            var read = (Read) events.next();
            assertThat(read.ticket()).isEqualTo(pieces.size());
            pieces.add(read.bytes());
            offset += read.bytes().size();
            if (read.isLast()) {
                return pieces;
            }
        }
    }

    @Test
    void a_snapshot_that_is_sent_piece_by_piece_is_kept_where_it_arrives() throws Exception {
        try (var store = started()) {
            write(store, 42);
            List<Bytes> pieces = pieces(store, 42);
            Path other = Files.createDirectory(scratch.resolve("n2"));
            try (var receiver = SnapshotFiles.open(other, IDENTITY)) {
                receiver.start(events);
                for (Object answer : send(receiver, SnapshotEvents.meta(42), pieces)) {
                    assertThat(answer).isInstanceOfAny(Stored.class, Received.class);
                }
                assertThat(receiver.metrics().received()).isEqualTo(1);
            }

            assertThat(sectionsOf(SnapshotFiles.open(other, IDENTITY), SnapshotEvents.meta(42)))
                    .isEqualTo(SnapshotEvents.state(42).sections());
            assertThat(store.metrics().sent()).isEqualTo(1);
        }
    }

    private List<Object> send(SnapshotFiles receiver, SnapshotMeta meta, List<Bytes> pieces)
            throws InterruptedException {
        var answers = new ArrayList<Object>();
        long offset = 0;
        for (int i = 0; i < pieces.size(); i++) {
            receiver.receive(new Piece(i, meta, offset, pieces.get(i), i == pieces.size() - 1));
            offset += pieces.get(i).size();
            answers.add(events.next());
        }
        return answers;
    }

    @Test
    void a_received_snapshot_that_is_damaged_is_refused_and_not_kept() throws Exception {
        try (var store = started()) {
            write(store, 42);
            var pieces = new ArrayList<>(pieces(store, 42));
            byte[] flipped = pieces.get(5).array().clone();
            flipped[3] ^= 1;
            pieces.set(5, Bytes.wrap(flipped));
            Path other = Files.createDirectory(scratch.resolve("n2"));
            try (var receiver = SnapshotFiles.open(other, IDENTITY)) {
                receiver.start(events);

                assertThat(send(receiver, SnapshotEvents.meta(42), pieces).getLast())
                        .isEqualTo(new Refused(pieces.size() - 1));
                assertThat(other).isEmptyDirectory();
            }
        }
    }

    @Test
    void a_piece_at_offset_0_begins_anew() throws Exception {
        try (var store = started()) {
            write(store, 42);
            List<Bytes> pieces = pieces(store, 42);
            Path other = Files.createDirectory(scratch.resolve("n2"));
            try (var receiver = SnapshotFiles.open(other, IDENTITY)) {
                receiver.start(events);
                send(receiver, SnapshotEvents.meta(41), pieces.subList(0, 2));

                assertThat(send(receiver, SnapshotEvents.meta(42), pieces).getLast())
                        .isInstanceOf(Received.class);
            }
        }
    }

    @Test
    void a_piece_that_does_not_go_on_where_the_last_ended_is_refused() throws Exception {
        try (var store = started()) {
            store.receive(new Piece(1, SnapshotEvents.meta(42), 0, Bytes.utf8("begin"), false));
            assertThat(events.next()).isEqualTo(new Stored(1));

            store.receive(new Piece(2, SnapshotEvents.meta(42), 6, Bytes.utf8("later"), false));

            assertThat(events.next()).isEqualTo(new Refused(2));
        }
    }

    /// T26: else a transfer would never end while snapshots are taken faster than it.
    @Test
    void a_pinned_snapshot_stays_readable_when_newer_ones_replace_it() throws Exception {
        try (var store = started()) {
            write(store, 10);
            List<Bytes> expected = pieces(store, 10);
            store.pin(new TreeSet<>(List.of(10L)));
            for (long index = 20; index <= 40; index += 10) {
                write(store, index);
            }

            assertThat(pieces(store, 10)).isEqualTo(expected);
        }
    }

    @Test
    void pieces_are_read_while_a_snapshot_is_written() throws Exception {
        try (var store = started()) {
            write(store, 10);
            var answer = new AtomicReference<>();
            Runnable ask = () -> {
                if (answer.get() == null) {
                    answer.set("asked");
                    store.read(new PieceWanted(7, 10, 0, 16));
                }
            };

            store.write(
                    SnapshotEvents.meta(20),
                    new State(20, SnapshotEvents.state(20).sections(), ask));

            assertThat(events.next()).isInstanceOf(Read.class);
            assertThat(events.next()).isInstanceOf(Written.class);
        }
    }
}
