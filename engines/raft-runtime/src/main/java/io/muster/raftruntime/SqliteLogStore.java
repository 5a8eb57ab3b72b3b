package io.muster.raftruntime;

import io.muster.log.EngineException;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.raft.Batch;
import io.muster.raft.Configuration;
import io.muster.raft.Effect;
import io.muster.raft.LogStart;
import io.muster.raft.Restored;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A log in one SQLite file: a row for each batch, one sync for everything that waited.
///
/// One connection writes, on one thread; another, which cannot write, reads old batches on a second thread. The file's
/// format is in [LogSchema].
public final class SqliteLogStore implements LogStore {
    /// A log that no snapshot cuts must not take the whole disk from the rest of the machine: 64 GiB.
    public static final long DEFAULT_MAX_BYTES = 64L << 30;

    /// What all but tests use.
    static SqliteFile.Size size(long maxBytes) {
        return new SqliteFile.Size(maxBytes, SqliteFile.PAGE_BYTES);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(SqliteLogStore.class);

    private final DataFolder folder;
    private final Path file;
    private final LogWitness witness;
    private final Connection writing;
    private final long maxBytes;
    private final Incarnation incarnation;
    private final List<Long> runs;
    private final SortedMap<NodeId, Incarnation> peers;
    private @Nullable Connection reading;
    private @Nullable LogWriter writer;
    private @Nullable LogReader reader;
    private @Nullable Thread writerThread;
    private @Nullable Thread readerThread;
    private boolean isClosed;
    private volatile LogStart base;

    private SqliteLogStore(
            DataFolder folder, LogWitness witness, Connection writing, Incarnation incarnation, long maxBytes)
            throws SQLException {
        this.folder = folder;
        this.file = folder.log();
        this.witness = witness;
        this.writing = writing;
        this.incarnation = incarnation;
        this.maxBytes = maxBytes;
        runs = IncarnationTable.own(writing, file);
        peers = IncarnationTable.peers(writing, file);
        base = LogSchema.base(writing, file);
    }

    /// Opens the log in `path`, or founds one there with `voters` and nobody else's consent; throws [EngineException]
    /// where the folder is in use or the log is damaged, gone or another's.
    ///
    /// @param maxBytes how large the log may become
    public static SqliteLogStore open(Path path, LogIdentity identity, Configuration voters, long maxBytes) {
        return open(path, identity, voters, size(maxBytes));
    }

    static SqliteLogStore open(Path path, LogIdentity identity, Configuration voters, SqliteFile.Size size) {
        DataFolder folder = DataFolder.open(path, identity);
        return folder.foundingStatus().isFounded() ? open(folder, size) : found(folder, voters, size);
    }

    /// Begins the log of `folder`, which has none, and opens it. Closes the folder where that fails.
    static SqliteLogStore found(DataFolder folder, Configuration configuration, SqliteFile.Size size) {
        try {
            LogOpening.found(folder, configuration, size);
        } catch (SQLException e) {
            folder.close();
            throw SqliteFile.refused("begin", folder.log(), e);
        } catch (EngineException e) {
            folder.close();
            throw e;
        }
        return open(folder, size);
    }

    /// Opens the log of `folder`. Closes the folder where that fails.
    static SqliteLogStore open(DataFolder folder, SqliteFile.Size size) {
        try {
            LogWitness witness = LogWitness.open(folder.witness());
            try {
                return open(folder, witness, size);
            } catch (SQLException | EngineException e) {
                witness.close();
                throw e;
            }
        } catch (SQLException e) {
            folder.close();
            throw SqliteFile.refused("open", folder.log(), e);
        } catch (EngineException e) {
            folder.close();
            throw e;
        }
    }

    private static SqliteLogStore open(DataFolder folder, LogWitness witness, SqliteFile.Size size)
            throws SQLException {
        LogOpening.requireWhole(folder, witness);
        Connection writing = SqliteFile.openForWriting(folder.log(), size);
        try {
            long write = LogSchema.lastWrite(writing) + 1;
            Incarnation incarnation = LogSchema.countOpening(writing, folder, new SecureRandom().nextLong(), write);
            witness.note(write);
            witness.sync();
            return new SqliteLogStore(folder, witness, writing, incarnation, size.maxBytes());
        } catch (SQLException | EngineException e) {
            writing.close();
            throw e;
        }
    }

    /// How often this log has been opened; it tells a process of this node from the one before it.
    long incarnation() {
        return incarnation.number();
    }

    /// What was drawn in the last incarnations of this node, oldest first, this one's last.
    List<Long> runs() {
        return runs;
    }

    /// The last incarnation of each other node that was met before this log was opened.
    SortedMap<NodeId, Incarnation> peers() {
        return peers;
    }

    /// Stores, within a second, that `peer` was met in `met`.
    void remember(NodeId peer, Incarnation met) {
        Objects.requireNonNull(writer, "a store is started before it is told whom it met")
                .remember(peer, met);
    }

    /// How often this store has synced a group of writes since it was started; checkpoints come on top.
    public long syncs() {
        return writer == null ? 0 : writer.syncs();
    }

    /// How large the log is.
    long bytes() {
        return writer == null ? 0 : writer.bytes();
    }

    @Override
    public long roomBytes() {
        return maxBytes - bytes();
    }

    /// Where the log begins, as far as was asked for.
    LogStart base() {
        return base;
    }

    @Override
    public Restored restore(int tailBytes, List<SnapshotMeta> kept) {
        return restore(writing, file, tailBytes, kept)
                .of(folder.foundingStatus().identity());
    }

    /// Reads the whole log of `file`, and checks it.
    static Restored restore(Connection connection, Path file, int tailBytes, List<SnapshotMeta> kept) {
        try (PreparedStatement behind = BatchTable.behind(connection)) {
            LogStart base = LogSchema.base(connection, file);
            requireSnapshot(file, base, kept);
            var restoring = new Restored.Builder(tailBytes, base, kept.reversed());
            behind.setLong(1, base.index());
            long lastIndex = base.index();
            long lastTerm = base.term();
            try (ResultSet rows = behind.executeQuery()) {
                while (rows.next()) {
                    Batch batch = BatchTable.read(rows, file);
                    if (batch.firstIndex() != lastIndex + 1 || batch.term() < lastTerm) {
                        throw BatchTable.damaged(file, batch.lastIndex(), null);
                    }
                    lastIndex = batch.lastIndex();
                    lastTerm = batch.term();
                    restoring.add(batch);
                }
            }
            return restoring.finish(LogSchema.vote(connection, file));
        } catch (SQLException e) {
            throw SqliteFile.refused("read", file, e);
        }
    }

    private static void requireSnapshot(Path file, LogStart base, List<SnapshotMeta> kept) {
        boolean isReached = kept.stream().anyMatch(meta -> meta.lastIndex() >= base.index());
        if (base.index() > 0 && !isReached) {
            throw new EngineException("the log " + file + " begins behind entry " + base.index()
                    + ", and no snapshot beside it reaches there: " + SqliteFile.LOST_FOLDER);
        }
    }

    @Override
    public void start(Listener listener) {
        try {
            Connection second = SqliteFile.openForReading(file);
            reading = second;
            writer = new LogWriter(writing, file, witness, listener);
            reader = new LogReader(second, file, listener);
        } catch (SQLException e) {
            throw SqliteFile.refused("open", file, e);
        }
        writerThread = UrgentThreads.start("muster-log-writer", writer);
        readerThread = Thread.ofPlatform().name("muster-log-reader").daemon().start(reader);
    }

    @Override
    public void persist(Effect.Persist write) {
        if (write.cut() instanceof Effect.Cut.Everything(LogStart next)) {
            base = next;
        }
        Objects.requireNonNull(writer, "a store is started before it is written to")
                .add(write);
    }

    @Override
    public void cutPrefix(LogStart next) {
        base = next;
        Objects.requireNonNull(writer, "a store is started before it is cut").cutPrefix(next);
    }

    @Override
    public void read(ReadTicket ticket, long from, int maxBytes) {
        Objects.requireNonNull(reader, "a store is started before it is read from")
                .add(ticket, from, maxBytes);
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        stopThreads();
        try {
            if (reading != null) {
                reading.close();
            }
            writing.close();
        } catch (SQLException e) {
            // What was acknowledged is synced already, so a log that cannot be closed well loses nothing.
            log.warn("log not closed file={} reason=\"{}\"", file, e.getMessage());
        } finally {
            witness.close();
            folder.close();
        }
    }

    private void stopThreads() {
        if (writer == null || reader == null || writerThread == null || readerThread == null) {
            return;
        }
        writer.stop();
        reader.stop();
        try {
            if (!writerThread.join(PATIENCE) || !readerThread.join(PATIENCE)) {
                throw new EngineException("the disk did not finish writing " + file + " within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while closing " + file, e);
        }
    }
}
