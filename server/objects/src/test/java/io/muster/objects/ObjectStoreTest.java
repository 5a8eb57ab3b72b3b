package io.muster.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.references.ObjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Seam: what a node's disk promises of objects, on real files.
final class ObjectStoreTest {
    private static final int MIB = 1 << 20;
    private static final byte[] LARGE = Content.bytes(1, 3 * MIB + 77);
    private static final ObjectId ID = Content.id(LARGE);

    @TempDir
    private Path folder;

    private long nanos;

    private ObjectStore open() throws IOException {
        return ObjectStore.open(
                folder,
                new ObjectTimes(Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1)),
                () -> nanos);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void what_was_put_in_chunks_is_read_back_whole() throws IOException {
        try (var store = open()) {
            assertThat(Content.put(store, LARGE, 700_001)).isEqualTo(new ReceiveResult.Complete());

            assertThat(read(store, 0, LARGE.length)).isEqualTo(LARGE);
            assertThat(store.find(ID.digest())).contains(ID);
            assertThat(store.bytes()).isEqualTo(LARGE.length);
        }
    }

    @Test
    void any_part_can_be_read() throws IOException {
        try (var store = open()) {
            Content.put(store, LARGE, MIB);

            for (int[] part : new int[][] {{0, 1}, {MIB - 1, 2}, {MIB, MIB}, {5, 2 * MIB}, {LARGE.length - 1, 9}}) {
                assertThat(read(store, part[0], part[1]))
                        .isEqualTo(Arrays.copyOfRange(LARGE, part[0], Math.min(LARGE.length, part[0] + part[1])));
            }
            assertThat(read(store, LARGE.length, 1)).isEmpty();
        }
    }

    @Test
    void an_object_of_no_bytes_is_one_too() throws IOException {
        try (var store = open()) {
            assertThat(Content.put(store, new byte[0], 1)).isEqualTo(new ReceiveResult.Complete());
        }
        try (var store = open()) {
            assertThat(store.find(Content.id(new byte[0]).digest())).isPresent();
        }
    }

    @Test
    void it_is_still_there_after_a_restart_and_nothing_half_done_is() throws IOException {
        byte[] half = Content.bytes(2, MIB);
        try (var store = open()) {
            Content.put(store, LARGE, MIB);
            store.receive(Content.id(half), 0, Arrays.copyOf(half, 1_000));
            Files.writeString(folder.resolve("incoming").resolve("torn"), "left by a crash");

            try (var again = open()) {
                assertThat(again.all()).containsExactly(ID);
                assertThat(again.received(Content.id(half))).isZero();
                assertThat(folder.resolve("incoming")).isEmptyDirectory();
                assertThat(read(again, 0, LARGE.length)).isEqualTo(LARGE);
            }
        }
    }

    @Test
    void an_upload_goes_on_where_it_stopped() throws IOException {
        try (var store = open()) {
            store.receive(ID, 0, Arrays.copyOf(LARGE, 100));

            assertThat(store.received(ID)).isEqualTo(100);
            assertThat(store.receive(ID, 0, Arrays.copyOf(LARGE, 100))).isEqualTo(new ReceiveResult.Misplaced(100));
            assertThat(store.receive(ID, 200, new byte[1])).isEqualTo(new ReceiveResult.Misplaced(100));
            assertThat(store.receive(ID, 100, Arrays.copyOfRange(LARGE, 100, 200)))
                    .isEqualTo(new ReceiveResult.Continue(200));
        }
    }

    @Test
    void bytes_of_another_digest_are_refused_and_leave_nothing() throws IOException {
        byte[] other = LARGE.clone();
        other[MIB] ^= 1;
        try (var store = open()) {
            store.receive(ID, 0, Arrays.copyOf(other, 2 * MIB));
            var last = store.receive(ID, 2 * MIB, Arrays.copyOfRange(other, 2 * MIB, other.length));

            assertThat(last)
                    .isInstanceOf(ReceiveResult.Refused.class)
                    .asString()
                    .contains(ID.digest());
            assertThat(store.received(ID)).isZero();
            assertThat(folder.resolve("incoming")).isEmptyDirectory();
            assertThat(Content.put(store, LARGE, MIB)).isEqualTo(new ReceiveResult.Complete());
        }
    }

    @Test
    void more_bytes_than_announced_are_refused() throws IOException {
        try (var store = open()) {
            store.receive(ID, 0, new byte[3 * MIB]);

            assertThat(store.receive(ID, 3 * MIB, new byte[78])).isInstanceOf(ReceiveResult.Refused.class);
        }
    }

    @Test
    void a_flipped_byte_is_found_by_who_reads_it_and_the_copy_is_set_aside() throws IOException {
        try (var store = open()) {
            Content.put(store, LARGE, MIB);
            flip(file(), 2 * MIB + 5);

            assertThat(read(store, 0, 2 * MIB)).as("pieces that are well").hasSize(2 * MIB);
            assertThat(store.read(ID.digest(), 2 * MIB, 10)).isInstanceOf(ReadResult.Damaged.class);
            assertThat(store.find(ID.digest())).isEmpty();
            assertThat(store.damaged()).isEqualTo(1);
            assertThat(folder.resolve("damaged").resolve(ID.digest())).exists();
            assertThat(store.read(ID.digest(), 0, 10)).isEqualTo(new ReadResult.Absent());
            assertThat(Content.put(store, LARGE, MIB)).isEqualTo(new ReceiveResult.Complete());
            assertThat(read(store, 0, LARGE.length)).isEqualTo(LARGE);
        }
    }

    @Test
    void damage_of_the_sums_or_the_length_is_found_at_the_start() throws IOException {
        for (String damaged : new String[] {"", ".sums"}) {
            try (var store = open()) {
                Content.put(store, LARGE, MIB);
            }
            Path file = file().resolveSibling(ID.digest() + damaged);
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 1));

            try (var store = open()) {
                assertThat(store.all()).as("cut short: <digest>%s", damaged).isEmpty();
            }
        }
    }

    @Test
    void no_more_damaged_copies_are_kept_than_somebody_looks_at() throws IOException {
        try (var store = open()) {
            for (int seed = 0; seed < 6; seed++) {
                byte[] bytes = Content.bytes(seed, 100);
                Content.put(store, bytes, 100);
                flip(
                        folder.resolve(Content.id(bytes).digest().substring(0, 2))
                                .resolve(Content.id(bytes).digest()),
                        3);
                store.read(Content.id(bytes).digest(), 0, 1);
            }
        }
        try (var kept = Files.list(folder.resolve("damaged"))) {
            assertThat(kept.count()).isBetween(1L, 3L);
        }
    }

    @Test
    void only_the_owner_of_the_node_can_read_its_objects() throws IOException {
        try (var store = open()) {
            Content.put(store, LARGE, MIB);
        }
        for (Path file : new Path[] {file(), file().resolveSibling(ID.digest() + ".sums")}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void an_object_stays_as_long_as_somebody_was_told_that_it_is_here() throws IOException {
        try (var store = open()) {
            Content.put(store, LARGE, MIB);
            pass(Duration.ofMinutes(59));
            store.pin(ID);
            pass(Duration.ofMinutes(59));

            assertThat(store.unpinned()).isEmpty();
            assertThat(store.removeUnpinned(ID)).isFalse();
            pass(Duration.ofMinutes(1));
            assertThat(store.unpinned()).containsExactly(ID);
            assertThat(store.removeUnpinned(ID)).isTrue();
            assertThat(store.pin(ID)).isFalse();
            assertThat(file()).doesNotExist();
            assertThat(store.bytes()).isZero();
        }
    }

    @Test
    void a_start_forgets_nobody_who_was_told() throws IOException {
        try (var store = open()) {
            Content.put(store, LARGE, MIB);
        }
        pass(Duration.ofDays(1));
        try (var store = open()) {
            pass(Duration.ofMinutes(59));

            assertThat(store.unpinned()).isEmpty();
        }
    }

    @Test
    void a_reader_that_is_interrupted_has_found_no_damage() throws IOException {
        try (var store = open()) {
            Content.put(store, LARGE, MIB);

            Thread.currentThread().interrupt();
            var answer = store.read(ID.digest(), 0, 10);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(answer).isInstanceOf(ReadResult.Unread.class);
            assertThat(read(store, 0, LARGE.length)).isEqualTo(LARGE);
        }
    }

    @Test
    void a_file_that_cannot_be_opened_just_now_is_not_damaged() throws IOException {
        try (var store = open()) {
            Content.put(store, LARGE, MIB);
            Path aside = folder.resolve("aside");
            Files.move(file(), aside);
            Files.createSymbolicLink(file(), file());

            assertThat(store.read(ID.digest(), 0, 10)).isInstanceOf(ReadResult.Unread.class);

            Files.move(aside, file(), StandardCopyOption.REPLACE_EXISTING);
            assertThat(read(store, 0, LARGE.length)).isEqualTo(LARGE);
            assertThat(store.damaged()).isZero();
        }
    }

    @Test
    void an_upload_that_brings_nothing_is_given_up() throws IOException {
        try (var store = open()) {
            store.receive(ID, 0, new byte[10]);
            pass(Duration.ofSeconds(59));
            store.dropIdle();
            assertThat(store.received(ID)).isEqualTo(10);

            pass(Duration.ofSeconds(1));
            store.dropIdle();

            assertThat(store.received(ID)).isZero();
            assertThat(folder.resolve("incoming")).isEmptyDirectory();
        }
    }

    @Test
    void no_more_uploads_are_taken_at_once_than_files_may_be_open() throws IOException {
        try (var store = open()) {
            for (int i = 0; i < ObjectStore.MAX_INCOMING; i++) {
                store.receive(Content.id(Content.bytes(i, 20)), 0, Content.bytes(i, 10));
            }

            assertThat(store.receive(ID, 0, new byte[10]))
                    .isEqualTo(new ReceiveResult.TooMany(ObjectStore.MAX_INCOMING));
        }
    }

    @Test
    void a_disk_that_refuses_to_write_is_said_and_leaves_no_upload() throws IOException {
        try (var store = open()) {
            Files.createDirectory(folder.resolve("incoming").resolve(ID.digest()));

            assertThat(store.receive(ID, 0, new byte[10])).isInstanceOf(ReceiveResult.NoRoom.class);
            assertThat(store.incoming()).isZero();
        }
    }

    private Path file() {
        return folder.resolve(ID.digest().substring(0, 2)).resolve(ID.digest());
    }

    private static byte[] read(ObjectStore store, long offset, int length) {
        return store.read(ID.digest(), offset, length) instanceof ReadResult.Read(Bytes bytes)
                ? bytes.array()
                : new byte[] {-1};
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 0x20;
        Files.write(file, bytes);
    }
}
