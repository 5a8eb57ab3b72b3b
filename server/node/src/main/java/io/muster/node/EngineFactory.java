package io.muster.node;

import io.muster.log.Applier;
import io.muster.log.Engine;
import io.muster.log.NodeId;
import java.nio.file.Path;
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

    /// Makes the data folder of the node that `node` describes anew, from those of all others, while every node is
    /// stopped; answers with what it did, as a sentence. What the others have is only read.
    ///
    /// @throws io.muster.log.EngineException where that would not be safe; nothing has changed then
    String rebuild(NodeConfig node, SortedMap<NodeId, Path> survivors);
}
