package io.muster.api;

import io.muster.access.Identity;
import io.muster.coordinator.WorkerAnswer;
import io.muster.coordinator.WorkerReport;
import io.muster.encoding.Bytes;
import io.muster.log.ClusterId;
import io.muster.log.Engine;
import io.muster.log.EngineGauge;
import io.muster.log.EngineStatus;
import io.muster.log.Envelope;
import io.muster.log.Guarantees;
import io.muster.log.Leadership;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.state.Change;
import io.muster.state.ClusterState;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/// What this API needs of the node behind it. `node` implements it; the tests have a small one of their own.
///
/// All methods may be called from any thread and return at once.
public interface ClusterPort {
    NodeId self();

    ClusterId cluster();

    Guarantees guarantees();

    /// What can be seen of the engine from outside.
    EngineStatus status();

    /// Who leads, as far as this node knows.
    Leadership leadership();

    /// Runs `change` after every change of leadership, on the engine's side: it must not block.
    void onLeadershipChange(Runnable change);

    /// The highest entry whose effects can be read here.
    long appliedIndex();

    /// Which history of the log this is.
    long lineage();

    /// What the cluster has agreed to use; it rises only when every voter supports it.
    int featureLevel();

    /// The digest of the advisory database that this node has loaded, `""` for none.
    String advisoryDatabase();

    /// Where `node` serves this API, where known.
    Optional<URI> apiAddress(NodeId node);

    /// Why this node should be sent no work just now, such as draining or a disk that does not sync; none when all is
    /// well.
    Optional<String> hindrance();

    /// Why this node, if it leads, must take nothing new into the log just now: its disk is nearly full. None while
    /// there is room.
    Optional<String> shortage();

    /// What the engine shows of itself among the metrics.
    List<EngineGauge> engineGauges();

    /// How many requests ended in a mistake of this node's state since it started.
    long brokenRequests();

    /// Whom a key stands for, as this node's state knows it. Asked for every request, so it must not wait.
    Identity identify(String keyId, Bytes hash);

    /// Puts a command on its way into the log.
    CompletionStage<Outcome> propose(Envelope envelope);

    /// Answers `question` on the state's own thread: it must be quick, and let nothing mutable out.
    <T> CompletionStage<T> read(Function<ClusterState, T> question);

    /// Takes a worker's report; `sink` is told at least once while this node leads, and again whenever
    /// there is news for that worker. It must not block.
    void exchange(WorkerReport report, Consumer<WorkerAnswer> sink);

    /// The channel on which that incarnation of `worker` last spoke is closed.
    void channelClosed(NodeId worker, long incarnation);

    /// Tells `listener` every change from now on, on the state's own thread. Called once.
    void listen(Change.Listener listener);

    /// Completed once a read here sees everything that was acknowledged before this call, or with why not.
    CompletionStage<Engine.Barrier> barrier();
}
