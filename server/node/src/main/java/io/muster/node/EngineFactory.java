package io.muster.node;

import io.muster.log.Applier;
import io.muster.log.ClusterId;
import io.muster.log.Engine;
import io.muster.log.FrozenState;
import io.muster.log.NewLog;
import io.muster.log.NodeId;
import io.muster.log.OpenSnapshot;
import io.muster.log.SnapshotContents;
import io.muster.log.StoppedLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// An engine as the configuration describes it, not open yet. Each engine has one implementation, which is also the
/// record of that engine's own settings; [Engines] lists them.
///
/// It is the only part of a node that knows which engine the node has.
public interface EngineFactory {
    /// Opens this engine for the node that `node` describes; nothing is sent before it is started.
    ///
    /// @param attributes what the node tells the others of itself until it announces anything else
    /// @param applier where committed batches go
    /// @throws ConfigException where the operator has written something that cannot be
    /// @throws io.muster.log.EngineException where what this node has kept, or its surroundings, do not allow it
    Engine open(NodeConfig node, Map<String, String> attributes, Applier applier);

    /// Which cluster the node that `node` describes belongs to: the one its data folder has a log of, or the one that
    /// its configuration founds.
    ///
    /// @throws io.muster.log.EngineException where the folder cannot say
    ClusterId cluster(NodeConfig node);

    /// What the configuration calls this engine.
    String name();

    /// This engine's settings by the keys of its section, each as it is now: they must be the same on
    /// every node, so one that joins is given them.
    SortedMap<String, Integer> settings();

    /// Begins the data folder of a node that joins, or goes on with one that was begun before.
    ///
    /// @throws io.muster.log.EngineException where that folder is another's, or in use
    JoiningLog joining(Path data, ClusterId cluster, NodeId node);

    /// Makes the data folder of the node that `node` describes anew, from those of all others, while every node is
    /// stopped; answers with what it did, as a sentence. What the others have is only read.
    ///
    /// @throws io.muster.log.EngineException where that would not be safe; nothing has changed then
    String rebuild(NodeConfig node, SortedMap<NodeId, Path> survivors);

    /// Prepares the data folder of the node that `node` describes, which has no log, for a cluster that begins with it
    /// alone and with a state of another cluster.
    ///
    /// @throws io.muster.log.EngineException where the folder holds a log; nothing has changed then
    NewLog begin(NodeConfig node);

    /// What the data folder `folder` of the stopped node `self` holds.
    ///
    /// @throws io.muster.log.EngineException where it is in use, another's or damaged
    StoppedLog stopped(Path folder, NodeId self);

    /// What a node has in its folder that no other may begin with; what says whose it is comes first.
    List<Path> filesOfNode(Path folder);

    /// Writes `state` as the new file `file`, for its owner alone, and syncs it. Where that fails there is no such file
    /// afterwards.
    void writeSnapshot(Path file, ClusterId cluster, FrozenState state) throws IOException;

    /// Opens a snapshot once all of it was checked.
    ///
    /// @throws io.muster.log.EngineException where it is damaged or of an unknown version
    OpenSnapshot openSnapshot(Path file);

    /// Looks through a snapshot, whatever is wrong with it.
    SnapshotContents inspectSnapshot(Path file) throws IOException;

    /// Takes a snapshot as it arrives, and checks each byte. Only one that is whole and synced gets the
    /// name `file`; what was not is removed.
    ///
    /// @throws io.muster.log.EngineException where what arrived is no whole snapshot
    SnapshotContents receiveSnapshot(InputStream from, Path file) throws IOException;
}
