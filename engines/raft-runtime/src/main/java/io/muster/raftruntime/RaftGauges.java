package io.muster.raftruntime;

import io.muster.log.Applier;
import io.muster.log.Engine;
import io.muster.log.EngineGauge;
import io.muster.log.EngineStatus;
import java.util.List;
import java.util.function.Supplier;

/// What a node shows of this engine among its metrics.
final class RaftGauges {
    private RaftGauges() {}

    static List<EngineGauge> of(Engine engine, Applier applier, Supplier<DiskMetrics> disk, long maxLogBytes) {
        Supplier<SnapshotMetrics> snapshots = () -> disk.get().snapshots();
        return List.of(
                new EngineGauge("term", () -> engine.status().term()),
                new EngineGauge("is.leader", () -> engine.leadership().isMine() ? 1 : 0),
                new EngineGauge("last.index", () -> engine.status().lastIndex()),
                new EngineGauge("durable.index", () -> engine.status().durableIndex()),
                new EngineGauge("commit.index", () -> engine.status().commitIndex()),
                new EngineGauge("applied.index", applier::appliedIndex),
                new EngineGauge("log.bytes", () -> disk.get().logBytes()),
                new EngineGauge("log.first.index", () -> disk.get().firstIndex()),
                new EngineGauge("log.limit.bytes", () -> maxLogBytes),
                new EngineGauge("snapshot.last.index", () -> snapshots.get().lastIndex()),
                new EngineGauge("snapshot.bytes", () -> snapshots.get().bytes()),
                new EngineGauge("snapshot.age.seconds", () -> ageSeconds(snapshots.get())),
                new EngineGauge(
                        "snapshot.duration.seconds", () -> snapshots.get().lastDurationMillis() / 1_000.0),
                new EngineGauge("snapshot.failures", () -> snapshots.get().failures()),
                new EngineGauge("snapshot.sent", () -> snapshots.get().sent()),
                new EngineGauge("snapshot.received", () -> snapshots.get().received()),
                new EngineGauge(
                        "peers.connected",
                        () -> engine.status().peers().stream()
                                .filter(EngineStatus.PeerStatus::isConnected)
                                .count()));
    }

    private static double ageSeconds(SnapshotMetrics metrics) {
        return metrics.writtenMillis() == 0 ? 0 : (System.currentTimeMillis() - metrics.writtenMillis()) / 1_000.0;
    }
}
