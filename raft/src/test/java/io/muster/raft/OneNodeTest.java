package io.muster.raft;

import io.muster.cluster.EngineCluster;
import io.muster.cluster.Guarantees;
import io.muster.cluster.LinearizableReadsContract;
import io.muster.cluster.StableLineageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// A Raft engine alone keeps the promises of an engine; the single-member path acknowledges by the same rule (T8).
final class OneNodeTest implements LinearizableReadsContract, StableLineageContract {
    @TempDir
    Path folder;

    @Override
    public EngineCluster cluster() {
        return new RaftClusters(folder, 1).cluster();
    }

    @Override
    public Guarantees guarantees() {
        return RaftClusters.GUARANTEES;
    }
}
