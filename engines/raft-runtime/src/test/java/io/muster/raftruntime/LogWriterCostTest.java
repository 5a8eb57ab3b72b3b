package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.log.ClusterId;
import io.muster.log.LogTime;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import io.muster.raft.Effect;
import io.muster.raft.VoteState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a write of the log asks of the system, counted by the system: Linux keeps count of each thread's calls.
final class LogWriterCostTest {
    private static final int WRITES = 200;
    private static final Path THREADS = Path.of("/proc/self/task");

    @TempDir
    Path folder;

    @Test
    void a_small_write_asks_the_system_for_nothing_beside_its_frame() throws IOException {
        var identity = new LogIdentity(new ClusterId(1, 2), LogStoreContract.N1, LogIdentity.ONLY_GROUP);
        var options = SqliteLogStore.size(SqliteLogStore.DEFAULT_MAX_BYTES);
        try (var store = SqliteLogStore.open(folder, identity, LogStoreContract.VOTERS, options)) {
            var events = new StoreEvents();
            store.start(events);
            long first = store.restore(0, List.of()).lastIndex() + 1;
            write(store, events, first, 1);

            long before = writeCalls();
            for (int i = 1; i <= WRITES; i++) {
                write(store, events, first + i, i + 1);
            }

            // A frame takes one call for its header and one for its page; full pages and checkpoints take the rest.
            assertThat((double) (writeCalls() - before) / WRITES).isLessThan(2.7);
        }
    }

    @Test
    void a_note_is_in_the_file_as_soon_as_it_is_made() throws IOException {
        Path file = folder.resolve("raft.witness");
        LogWitness.create(file);
        try (var witness = LogWitness.open(file)) {
            for (long number = 2; number < 6; number++) {
                witness.note(number);

                try (var another = LogWitness.open(file)) {
                    assertThat(another.number()).isEqualTo(number);
                }
            }
        }
    }

    private static void write(SqliteLogStore store, StoreEvents events, long index, long ticket) {
        var batch = Batch.seal(
                new Batch.Head(index, 1, 1, BatchKind.COMMANDS, new LogTime(index, index)), Bytes.wrap(new byte[256]));
        store.persist(new Effect.Persist(ticket, VoteState.INITIAL, false, Effect.Cut.NOTHING, List.of(batch)));
        events.awaitPersisted(ticket);
    }

    /// How often the threads that write logs have called the system to write; 0 where it does not tell.
    private static long writeCalls() throws IOException {
        if (!Files.isDirectory(THREADS)) {
            return 0;
        }
        long calls = 0;
        try (Stream<Path> threads = Files.list(THREADS)) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).startsWith("muster-log-writ")) {
                    calls += Files.readAllLines(thread.resolve("io")).stream()
                            .filter(line -> line.startsWith("syscw: "))
                            .mapToLong(line -> Long.parseLong(line.substring("syscw: ".length())))
                            .sum();
                }
            }
        }
        return calls;
    }
}
