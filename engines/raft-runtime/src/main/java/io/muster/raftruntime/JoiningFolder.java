package io.muster.raftruntime;

import io.muster.log.VoterId;
import java.nio.file.Path;
import java.sql.SQLException;

/// The data folder of a node that joins a cluster, before its engine is opened: first it has an
/// identity, by which it is added to the cluster, then an empty log. Held by the folder's lock.
public final class JoiningFolder implements AutoCloseable {
    private final DataFolder folder;

    private JoiningFolder(DataFolder folder) {
        this.folder = folder;
    }

    /// Opens the folder at `path`, begun with an identity drawn by chance where it is new; throws [EngineException]
    /// where it is another's, in use, or has lost something.
    public static JoiningFolder open(Path path, LogIdentity identity) {
        return new JoiningFolder(DataFolder.open(path, identity));
    }

    /// By what the cluster knows it from now on.
    public VoterId identity() {
        return folder.foundingStatus().identity();
    }

    /// Whether it has a log: it has joined before.
    public boolean hasJoined() {
        return folder.foundingStatus().isFounded();
    }

    /// Begins its empty log, durably; throws [EngineException] where that is not possible.
    public void join() {
        try {
            LogOpening.join(folder, SqliteLogStore.size(SqliteLogStore.DEFAULT_MAX_BYTES));
        } catch (SQLException e) {
            throw SqliteFile.refused("begin", folder.log(), e);
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
