package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.NodeId;
import io.muster.raft.Batch;
import io.muster.raft.Effect;
import io.muster.raft.LogStart;
import io.muster.raft.Restored;
import io.muster.raft.VoteState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damage to the bytes of a log, as a process or a power loss left them: whatever is damaged, a node restores all that
/// it acknowledged or does not start, with a sentence that names the file and says what to do.
final class LogDamageTest {
    private static final LogIdentity IDENTITY = new LogIdentity(new ClusterId(1, 2), LogStoreContract.N1, 0);

    /// Small pages, so that every byte of the files can be tried.
    private static final SqliteFile.Size SMALL = new SqliteFile.Size(1 << 20, 512);

    private static final int FRAME_BYTES = 24 + 512;
    private static final int WAL_HEADER_BYTES = 32;
    private static final VoteState LAST_VOTE = new VoteState(12, Optional.of(new NodeId("n3")));
    private static final LogStart BASE = LogStoreContract.base(4, 9);
    private static final List<String> FILES = List.of("raft.db", "raft.db-wal", "raft.witness", "raft.voter");

    @TempDir
    Path scratch;

    private Path crashed = Path.of("");

    private static SqliteLogStore open(Path folder) {
        return SqliteLogStore.open(folder, IDENTITY, LogStoreContract.VOTERS, SMALL);
    }

    /// Writes part of the log in one incarnation, the rest in another, and keeps the files as they are when that one is
    /// killed: both files hold what was acknowledged, and the last write of all is a vote.
    @BeforeEach
    void crash() throws IOException {
        Path folder = scratch.resolve("original");
        try (var store = open(folder)) {
            append(store, 2, 7);
            store.cutPrefix(BASE);
        }
        crashed = scratch.resolve("crashed");
        try (var store = open(folder)) {
            Files.copy(folder.resolve("raft.witness"), witnessOfLastOpening());
            append(store, 7, 12);
            var events = new StoreEvents();
            store.start(events);
            store.persist(new Effect.Persist(99, LAST_VOTE, true, Effect.Cut.NOTHING, List.of()));
            events.awaitPersisted(99);
            copy(folder, crashed);
        }
    }

    private static void append(SqliteLogStore store, int from, int to) {
        var events = new StoreEvents();
        store.start(events);
        for (int index = from; index < to; index++) {
            store.persist(LogStoreContract.append(index, LogStoreContract.batch(index, 1, 9)));
            events.awaitPersisted(index);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : FILES) {
            Files.copy(from.resolve(name), to.resolve(name));
        }
    }

    private interface Damage {
        void to(Path folder) throws IOException;
    }

    /// What a node restores from the crashed files after `damage`, or the sentence with which it refuses.
    private String outcome(Damage damage) throws IOException {
        Path folder = scratch.resolve("copy");
        copy(crashed, folder);
        damage.to(folder);
        try (var store = open(folder)) {
            return described(store.restore(1 << 20, List.of(LogStoreContract.snapshotOf(BASE))));
        } catch (EngineException e) {
            return String.valueOf(e.getMessage());
        } finally {
            remove(folder);
        }
    }

    /// Whether a node said which file of its folder is not to be believed, and what to do.
    private boolean isRefusal(String outcome) {
        return outcome.contains(scratch.resolve("copy").resolve("raft.").toString())
                && outcome.contains("leave this node stopped");
    }

    private static String described(Restored restored) {
        return restored.state() + " " + restored.base() + " " + restored.tail();
    }

    private static String everything() {
        return everythingBut(LAST_VOTE);
    }

    private static String everythingBut(VoteState vote) {
        var log = new ArrayList<Batch>();
        for (int index = 5; index < 12; index++) {
            log.add(LogStoreContract.batch(index, 1, 9));
        }
        return vote + " " + BASE + " " + log;
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void flip(Path file, int at, int bits) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= (byte) bits;
        Files.write(file, bytes);
    }

    private static void shorten(Path file, int length) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private int size(String name) throws IOException {
        return (int) Files.size(crashed.resolve(name));
    }

    private void flipEachByte(String name, int from, int to) throws IOException {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("-Dseed=" + seed);
        var random = new Random(seed);
        for (int at = from; at < to; at++) {
            int place = at;
            int bits = 1 << random.nextInt(8);

            String outcome = outcome(folder -> flip(folder.resolve(name), place, bits));

            assertThat(isRefusal(outcome) || outcome.equals(everything()))
                    .as("byte %d of %s, bits %d: %s", at, name, bits, outcome)
                    .isTrue();
        }
    }

    @Test
    void files_as_the_crash_left_them_hold_everything() throws IOException {
        assertThat(outcome(_ -> {})).isEqualTo(everything());
    }

    @Test
    void a_flip_anywhere_in_the_file_is_refused_or_does_no_harm() throws IOException {
        flipEachByte("raft.db", 0, size("raft.db"));
    }

    @Test
    void a_flip_anywhere_in_the_write_ahead_log_is_refused_or_does_no_harm() throws IOException {
        flipEachByte("raft.db-wal", 0, size("raft.db-wal"));
    }

    @Test
    void a_flip_in_either_record_of_the_witness_does_no_harm() throws IOException {
        flipEachByte("raft.witness", 0, 20);
        flipEachByte("raft.witness", 4_096, 4_116);
    }

    /// A power loss may leave a witness that is older than the log.
    @Test
    void a_flip_before_the_last_transaction_is_found_without_a_fresh_witness() throws IOException {
        int lastTransaction = size("raft.db-wal") - FRAME_BYTES;
        for (int at = 0; at < lastTransaction; at++) {
            int place = at;

            String outcome = outcome(folder -> {
                Files.copy(witnessOfLastOpening(), folder.resolve("raft.witness"), StandardCopyOption.REPLACE_EXISTING);
                flip(folder.resolve("raft.db-wal"), place, 1);
            });

            assertThat(isRefusal(outcome)).as("byte %d: %s", at, outcome).isTrue();
            assertThat(outcome).contains("raft.db-wal is damaged");
        }
    }

    @Test
    void a_flip_anywhere_in_the_voters_file_is_refused() throws IOException {
        flipEachByte("raft.voter", 0, size("raft.voter"));
    }

    @Test
    void a_torn_last_transaction_was_not_acknowledged_and_is_let_go() throws IOException {
        String outcome = outcome(folder -> {
            Files.copy(witnessOfLastOpening(), folder.resolve("raft.witness"), StandardCopyOption.REPLACE_EXISTING);
            shorten(folder.resolve("raft.db-wal"), size("raft.db-wal") - FRAME_BYTES / 2);
        });

        assertThat(outcome).isEqualTo(everythingBut(new VoteState(9, Optional.of(LogStoreContract.N1))));
    }

    @Test
    void a_rotten_last_transaction_is_found_by_the_witness() throws IOException {
        String outcome = outcome(folder -> flip(folder.resolve("raft.db-wal"), size("raft.db-wal") - 100, 1));

        assertThat(outcome).contains("ends with write 15").contains("says that write 16 was synced");
    }

    @Test
    void a_bad_frame_before_a_later_transaction_is_named() throws IOException {
        String outcome =
                outcome(folder -> flip(folder.resolve("raft.db-wal"), WAL_HEADER_BYTES + FRAME_BYTES + 100, 1));

        assertThat(outcome).contains("raft.db-wal is damaged: frame 2 does not match its checksum");
    }

    @Test
    void a_file_that_was_cut_anywhere_is_refused() throws IOException {
        for (String name : FILES) {
            for (int length = 0; length < size(name); length += 97) {
                int kept = length;
                String outcome = outcome(folder -> shorten(folder.resolve(name), kept));

                assertThat(isRefusal(outcome) || outcome.equals(everything()))
                        .as("%s cut to %d: %s", name, length, outcome)
                        .isTrue();
            }
        }
    }

    @Test
    void a_file_that_is_gone_is_refused() throws IOException {
        for (String name : FILES) {
            assertThat(isRefusal(outcome(folder -> Files.delete(folder.resolve(name)))))
                    .isTrue();
        }
    }

    @Test
    void an_emptied_log_is_refused() throws IOException {
        assertThat(outcome(folder -> shorten(folder.resolve("raft.db"), 0))).contains("is gone or empty");
    }

    @Test
    void a_founding_that_was_interrupted_is_begun_again() throws IOException {
        Path folder = scratch.resolve("begun");
        Files.createDirectories(folder);
        DataFolder.open(folder, IDENTITY).close();
        Files.write(folder.resolve("raft.db"), new byte[] {1, 2, 3});

        try (var store = open(folder)) {
            assertThat(store.incarnation()).isEqualTo(1);
        }
    }

    /// As it stood when the second incarnation began.
    private Path witnessOfLastOpening() {
        return scratch.resolve("witness-of-last-opening");
    }
}
