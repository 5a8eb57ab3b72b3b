package io.muster.raft;

import io.muster.cluster.EngineCluster;
import io.muster.cluster.Guarantees;
import io.muster.cluster.LinearizableReadsContract;
import io.muster.cluster.ReplicatedEngineContract;
import io.muster.cluster.StableLineageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Three Raft engines keep the promises of an engine.
final class ThreeNodesTest implements ReplicatedEngineContract, LinearizableReadsContract, StableLineageContract {
    @TempDir
    Path folder;

    @Override
    public EngineCluster cluster() {
        return new RaftClusters(folder, 3).cluster();
    }

    @Override
    public Guarantees guarantees() {
        return RaftClusters.GUARANTEES;
    }
}
