package io.muster.api;

import io.muster.cluster.ClusterId;
import io.muster.cluster.Engine;
import io.muster.cluster.EngineStatus;
import io.muster.cluster.Envelope;
import io.muster.cluster.Guarantees;
import io.muster.cluster.Leadership;
import io.muster.cluster.NodeId;
import io.muster.cluster.Outcome;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

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

    /// Where `node` serves this API, where known.
    Optional<URI> apiAddress(NodeId node);

    /// Why this node should be sent no work just now, such as draining or a disk that does not sync; none when all is
    /// well.
    Optional<String> hindrance();

    /// Puts a command on its way into the log.
    CompletionStage<Outcome> propose(Envelope envelope);

    /// Completed once a read here sees everything that was acknowledged before this call, or with why not.
    CompletionStage<Engine.Barrier> barrier();
}
