package io.muster.http;

import io.muster.access.Identity;
import io.muster.encoding.Bytes;
import io.muster.log.Engine;
import io.muster.log.EngineStatus;
import io.muster.log.Envelope;
import io.muster.log.Leadership;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.state.ClusterState;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// What the HTTP shell needs of the node behind it: who it is, who leads, whom a key stands for, one way to write and
/// one to read.
///
/// All methods may be called from any thread and return at once.
public interface NodePort {
    /// The name of this node.
    NodeId self();

    /// What can be seen of the engine from outside.
    EngineStatus status();

    /// Who leads, as far as this node knows.
    Leadership leadership();

    /// Runs `change` after every change of leadership, on the engine's side: it must not block.
    void onLeadershipChange(Runnable change);

    /// The highest entry whose effects can be read here.
    long appliedIndex();

    /// Where `node` serves its API, where known.
    Optional<URI> apiAddress(NodeId node);

    /// Why this node, if it leads, must take nothing new into the log just now: its disk is nearly full. None while
    /// there is room.
    Optional<String> diskPressure();

    /// Whom a key stands for, as this node's state knows it. Asked for every request, so it must not wait.
    Identity identify(String keyId, Bytes hash);

    /// Which node's own key that is, as the nodes tell each other: known also before anything of the
    /// log has been read.
    Optional<Identity.Known> identifyNode(String keyId, Bytes hash);

    /// Puts a command on its way into the log.
    CompletionStage<Outcome> propose(Envelope envelope);

    /// Answers `question` on the state's own thread: it must be quick, and let nothing mutable out.
    <T> CompletionStage<T> read(Function<ClusterState, T> question);

    /// Completed once a read here sees everything that was acknowledged before this call, or with why not.
    CompletionStage<Engine.Barrier> barrier();
}
