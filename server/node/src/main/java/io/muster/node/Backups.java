package io.muster.node;

import io.muster.api.BackupAnswer;
import io.muster.coordinator.Coordinator;
import io.muster.encoding.Bytes;
import io.muster.history.BlockFrame;
import io.muster.history.HistoryStore;
import io.muster.log.ClusterId;
import io.muster.log.FrozenState;
import io.muster.log.LogTime;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes backups: a snapshot of the state with one more section, the history blocks closed by then.
///
/// A backup is written to the data folder first, and its name removed as soon as it is open for reading: whoever reads
/// it, and however slowly, holds neither the state nor a file that could outlive this process.
final class Backups {
    /// The section with the history: each of its chunks is a block.
    static final String HISTORY = "history";

    /// With less than this left on the disk beside the backup none is begun: the log must not be refused a write.
    static final long LEAST_FREE_BYTES = 256L << 20;

    private static final String PREFIX = "backup-";
    private static final Logger log = LoggerFactory.getLogger(Backups.class);

    private final Path folder;
    private final EngineFactory engine;
    private final ClusterId cluster;
    private final CoordinatorLoop coordinator;
    private final HistoryStore history;

    /// Free while no backup is written or read.
    private final Semaphore idle = new Semaphore(1);

    /// Looks into the data folder of `node`, and removes what a killed process left.
    Backups(NodeConfig node, ClusterId cluster, CoordinatorLoop coordinator, HistoryStore history) {
        folder = node.data();
        engine = node.engine();
        this.cluster = cluster;
        this.coordinator = coordinator;
        this.history = history;
        try (var files = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            log.warn("unfinished backup not removed folder={} reason=\"{}\"", folder, e.toString());
        }
    }

    /// Takes one of what is known now. The answer's content is to be closed: until then no other is taken.
    CompletionStage<BackupAnswer> take() {
        var answer = new CompletableFuture<BackupAnswer>();
        if (!idle.tryAcquire()) {
            answer.complete(new BackupAnswer.Refused("this node is taking or sending another one"));
            return answer;
        }
        coordinator.withCoordinator(owned -> {
            var state = frozen(owned);
            Thread.ofPlatform().name("muster-backup").daemon().start(() -> answer.complete(write(state)));
        });
        return answer;
    }

    private FrozenState frozen(Coordinator owned) {
        return new WithHistory(owned.freeze(), history, owned.state().jobs().openBlockNumber());
    }

    private BackupAnswer write(FrozenState state) {
        Path file = folder.resolve(PREFIX + state.lastIndex() + ".new");
        long begunNanos = System.nanoTime();
        try (state) {
            requireRoom();
            engine.writeSnapshot(file, cluster, state);
            long bytes = Files.size(file);
            InputStream content = new Released(Files.newInputStream(file), idle);
            Files.delete(file);
            long millis = (System.nanoTime() - begunNanos) / 1_000_000;
            log.info("backup written index={} bytes={} millis={}", state.lastIndex(), bytes, millis);
            return new BackupAnswer.Ready(content, bytes, state.lastIndex());
        } catch (IOException | RuntimeException e) {
            idle.release();
            log.warn("backup not written index={} reason=\"{}\"", state.lastIndex(), e.toString());
            return new BackupAnswer.Refused(String.valueOf(e.getMessage()));
        }
    }

    /// A backup is about as large as the history and the largest snapshot are.
    private void requireRoom() throws IOException {
        long expected = bytes("history.db*") + bytes("snapshot-*.muster");
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < LEAST_FREE_BYTES + expected) {
            throw new IOException("the disk of " + folder + " has " + (free >> 20) + " MiB left, and a backup is only "
                    + "begun with " + (LEAST_FREE_BYTES + expected >> 20) + " MiB: make room, or ask another node");
        }
    }

    private long bytes(String pattern) throws IOException {
        long sum = 0;
        try (var files = Files.newDirectoryStream(folder, pattern)) {
            for (Path file : files) {
                sum += file.toFile().length();
            }
        }
        return sum;
    }

    /// A state, and behind it the closed blocks below `openBlock`: each is the same on every node, and never changes.
    record WithHistory(FrozenState state, HistoryStore history, long openBlock) implements FrozenState {
        @Override
        public long lastIndex() {
            return state.lastIndex();
        }

        @Override
        public long lastTerm() {
            return state.lastTerm();
        }

        @Override
        public LogTime lastTime() {
            return state.lastTime();
        }

        @Override
        public void write(BiConsumer<String, Bytes> sections) {
            state.write(sections);
            for (long number = 1; number < openBlock; number++) {
                history.block(number).ifPresent(block -> sections.accept(HISTORY, BlockFrame.encode(block)));
            }
        }

        @Override
        public void close() {
            state.close();
        }
    }

    /// Lets the next backup be taken once it is closed.
    private static final class Released extends FilterInputStream {
        private final Semaphore idle;
        private final AtomicBoolean isClosed = new AtomicBoolean();

        Released(InputStream content, Semaphore idle) {
            super(content);
            this.idle = idle;
        }

        @Override
        public void close() throws IOException {
            if (isClosed.compareAndSet(false, true)) {
                idle.release();
            }
            super.close();
        }
    }
}
