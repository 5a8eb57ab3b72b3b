package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Golden;
import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.NodeId;
import io.muster.raftruntime.SnapshotEvents.Kept;
import io.muster.raftruntime.SnapshotEvents.Read;
import io.muster.raftruntime.SnapshotEvents.State;
import io.muster.raftruntime.SnapshotEvents.Written;
import io.muster.raftruntime.SnapshotStore.PieceWanted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Snapshots as files: there whole or not at all.
final class SnapshotFilesTest implements SnapshotStoreContract {
    private static final LogIdentity IDENTITY = new LogIdentity(new ClusterId(0x1122, 0x3344), new NodeId("n1"), 0);

    @TempDir
    Path scratch;

    private Path folder = Path.of("");
    private final SnapshotEvents events = new SnapshotEvents();

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(scratch.resolve("n1"));
    }

    @Override
    public SnapshotFiles open(String name) {
        try {
            return SnapshotFiles.open(Files.createDirectories(scratch.resolve(name)), IDENTITY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SnapshotFiles open() {
        return open("n1");
    }

    private SnapshotFiles started() {
        var store = open();
        store.start(events);
        return store;
    }

    private Path file(long index) {
        return new SnapshotFolder(folder, IDENTITY).file(index);
    }

    private void write(SnapshotFiles store, long index) {
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

    @Test
    void the_stored_form_of_a_snapshot_never_changes() throws Exception {
        try (var store = started()) {
            write(store, 42);
        }

        Golden.check("snapshot-format-1.txt", Files.readAllBytes(file(42)));
    }

    @Test
    void what_was_written_and_not_kept_is_removed_by_a_start() throws Exception {
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
    void files_that_are_older_than_the_newest_two_are_removed() throws Exception {
        try (var store = started()) {
            write(store, 10);
            write(store, 20);
            write(store, 30);
        }

        assertThat(names())
                .containsExactly(
                        file(20).getFileName().toString(),
                        file(30).getFileName().toString());
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
    void a_state_that_fails_leaves_no_file_and_is_counted() throws Exception {
        try (var store = started()) {
            write(store, 10);
            var broken = new State(20, SnapshotEvents.state(20).sections(), () -> {
                throw new IllegalStateException("no more");
            });

            store.write(SnapshotEvents.meta(20), broken);

            assertThat(events.next())
                    .isEqualTo(new SnapshotEvents.NotWritten("java.lang.IllegalStateException: no more"));
            assertThat(store.metrics().failures()).isEqualTo(1);
            assertThat(names()).containsExactly(file(10).getFileName().toString());
            write(store, 30);
        }
    }

    @Test
    void what_is_sent_and_received_whole_is_counted() {
        try (var sender = begun("n1");
                var receiver = begun("n2")) {
            sender.take(42);
            sender.store().pin(new TreeSet<>(List.of(42L)));

            receiver.receive(SnapshotEvents.meta(42), sender.pieces(42));

            assertThat(sender.store().metrics().sent()).isEqualTo(1);
            assertThat(receiver.store().metrics().received()).isEqualTo(1);
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
