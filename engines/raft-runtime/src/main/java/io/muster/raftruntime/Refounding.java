package io.muster.raftruntime;

import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.FrozenState;
import io.muster.log.NewLog;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.log.VoterId;
import io.muster.raft.Configuration;
import io.muster.raft.LogStart;
import io.muster.raft.StoredConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// Makes the data folder of a node that begins a cluster of its own, with a state that another log has made.
///
/// Everything by which nodes know each other is drawn anew: the cluster's id, and the identity of its only voter. So
/// nobody of the cluster that the state came from can vote with it, or be taken for one of it. Others join it as they
/// join any cluster.
///
/// `raft.voter` says last that there is a log: a folder that an interruption left half done does not start. Used by
/// one thread; holds the folder's lock until it is closed.
public final class Refounding implements NewLog {
    private final DataFolder folder;

    private Refounding(DataFolder folder) {
        this.folder = folder;
    }

    /// Begins in `path`, which is made where it is not there; throws [EngineException] where it holds a node's log.
    public static Refounding in(Path path, NodeId self) {
        requireNoLog(path);
        var random = new SecureRandom();
        var cluster = new ClusterId(random.nextLong(), random.nextLong());
        return new Refounding(DataFolder.open(path, new LogIdentity(cluster, self, LogIdentity.ONLY_GROUP)));
    }

    @Override
    public ClusterId cluster() {
        return folder.identity().cluster();
    }

    @Override
    public void begin(FrozenState state) {
        NodeId self = folder.identity().node();
        VoterId voter = folder.foundingStatus().identity();
        var alone = new TreeMap<NodeId, VoterId>();
        alone.put(self, voter);
        var configuration = new StoredConfiguration(state.lastIndex(), Configuration.founding(alone));
        var meta = new SnapshotMeta(state.lastIndex(), state.lastTerm(), state.lastTime(), configuration.encode());
        var snapshots = new SnapshotFolder(folder.path(), folder.identity());
        try {
            write(snapshots, meta, state);
            LogOpening.begin(
                    folder,
                    configuration.configuration(),
                    LogBeginning.behind(LogStart.behind(meta)),
                    SqliteLogStore.size(Long.MAX_VALUE));
        } catch (SQLException e) {
            throw SqliteFile.refused("begin", folder.log(), e);
        } catch (IOException e) {
            throw new EngineException("cannot write into " + folder.path() + ": " + e, e);
        }
    }

    private static void write(SnapshotFolder snapshots, SnapshotMeta meta, FrozenState state) throws IOException {
        Path file = snapshots.unwritten(meta.lastIndex());
        LogIdentity identity = snapshots.identity();
        try (var writer = SnapshotFileWriter.create(file, identity.cluster(), identity.group(), meta)) {
            state.write((section, chunk) -> {
                try {
                    writer.add(section, chunk);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.finish();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
        snapshots.keep(file, meta);
    }

    @Override
    public void close() {
        folder.close();
    }

    private static void requireNoLog(Path path) {
        List<Path> files = filesOfNode(path);
        if (!files.isEmpty()) {
            throw new EngineException(
                    files.getFirst() + " is there: a new cluster begins in a folder without one. Move the old folder"
                            + " away and keep it, or remove what an interrupted attempt left");
        }
    }

    /// What a node has in its folder that no other may begin with: whose it is first, then log, snapshots and history.
    public static List<Path> filesOfNode(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var files = Files.list(path)) {
            return files.filter(file -> isOfNode(file.getFileName().toString()))
                    .sorted(Comparator.comparing(
                            file -> !file.getFileName().toString().equals("raft.voter")))
                    .toList();
        } catch (IOException e) {
            throw new EngineException("cannot look into " + path + ": " + e, e);
        }
    }

    private static boolean isOfNode(String name) {
        return name.startsWith("snapshot-")
                || name.startsWith("history.db")
                || name.startsWith("raft.") && !name.equals("raft.lock");
    }
}
