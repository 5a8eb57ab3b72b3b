package io.muster.raftruntime;

import io.muster.log.ClusterId;
import io.muster.log.CommittedBatch;
import io.muster.log.EngineException;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.SnapshotReader;
import io.muster.log.StoppedLog;
import io.muster.raft.Batch;
import io.muster.raft.Configuration;
import io.muster.raft.Restored;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/// The data folder of a stopped node, held by its lock.
public final class StoppedFolder implements StoppedLog {
    private final DataFolder folder;
    private final Connection connection;
    private final SnapshotFolder snapshots;
    private final Restored log;

    private StoppedFolder(DataFolder folder, Connection connection, SnapshotFolder snapshots, Restored log) {
        this.folder = folder;
        this.connection = connection;
        this.snapshots = snapshots;
        this.log = log;
    }

    /// Opens the folder at `path`, which is the node `self`'s; throws [EngineException] where it is in
    /// use, another's or damaged.
    public static StoppedFolder open(Path path, NodeId self) {
        ClusterId cluster = Files.isDirectory(path)
                ? DataFolder.cluster(path).orElseThrow(() -> new EngineException(path + " holds no log of a node"))
                : missing(path);
        DataFolder folder = DataFolder.open(path, new LogIdentity(cluster, self, LogIdentity.ONLY_GROUP));
        try {
            try (LogWitness witness = LogWitness.open(folder.witness())) {
                LogOpening.requireWhole(folder, witness);
            }
            Connection connection = SqliteFile.openForWriting(folder.log(), SqliteLogStore.size(Long.MAX_VALUE));
            try {
                var snapshots = new SnapshotFolder(folder.path(), folder.identity());
                Restored log = SqliteLogStore.restore(connection, folder.log(), 0, snapshots.kept());
                return new StoppedFolder(folder, connection, snapshots, log);
            } catch (EngineException e) {
                connection.close();
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

    private static ClusterId missing(Path path) {
        throw new EngineException("there is no folder " + path);
    }

    @Override
    public ClusterId cluster() {
        return folder.identity().cluster();
    }

    @Override
    public long lastIndex() {
        return log.lastIndex();
    }

    @Override
    public long lastTerm() {
        return log.spans().isEmpty() ? log.base().term() : log.spans().getLast().term();
    }

    @Override
    public LogTime lastTime() {
        return log.lastTime();
    }

    @Override
    public long seenTerm() {
        return log.state().term();
    }

    @Override
    public SortedSet<NodeId> voters() {
        return configuration().voters();
    }

    @Override
    public boolean isMajority(Collection<NodeId> nodes) {
        return configuration().agreed(node -> nodes.contains(node) ? 1 : 0) > 0;
    }

    private Configuration configuration() {
        return log.configurations().isEmpty()
                ? log.base().configuration().configuration()
                : log.configurations().getLast().configuration();
    }

    @Override
    public Optional<SnapshotReader> snapshot() {
        return snapshots.kept().stream()
                .map(snapshots::open)
                .flatMap(Optional::stream)
                .map(SnapshotReader.class::cast)
                .findFirst();
    }

    @Override
    public void replay(long index, Consumer<CommittedBatch> batches) {
        try (PreparedStatement behind = BatchTable.behind(connection)) {
            behind.setLong(1, index);
            try (ResultSet rows = behind.executeQuery()) {
                while (rows.next()) {
                    Batch batch = BatchTable.read(rows, folder.log());
                    batches.accept(new CommittedBatch(
                            batch.firstIndex(),
                            batch.count(),
                            batch.term(),
                            batch.time(),
                            Delivery.content(batch),
                            List.of()));
                }
            }
        } catch (SQLException e) {
            throw SqliteFile.refused("read", folder.log(), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqliteFile.refused("close", folder.log(), e);
        } finally {
            folder.close();
        }
    }
}
