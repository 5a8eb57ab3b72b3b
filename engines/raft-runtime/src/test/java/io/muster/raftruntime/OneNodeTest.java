package io.muster.raftruntime;

import io.muster.log.EngineCluster;
import io.muster.log.Guarantees;
import io.muster.log.LinearizableReadsContract;
import io.muster.log.StableLineageContract;
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
