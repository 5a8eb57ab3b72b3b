package io.muster.raftruntime;

import io.muster.log.EngineCluster;
import io.muster.log.Guarantees;
import io.muster.log.LinearizableReadsContract;
import io.muster.log.ReplicatedEngineContract;
import io.muster.log.StableLineageContract;
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
