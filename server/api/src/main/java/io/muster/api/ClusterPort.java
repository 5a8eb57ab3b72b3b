package io.muster.api;

import io.muster.dispatch.WorkPort;
import io.muster.http.NodePort;
import io.muster.log.ClusterId;
import io.muster.log.EngineGauge;
import io.muster.log.EngineReport;
import io.muster.log.Guarantees;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import io.muster.state.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// What this API needs of the node behind it, beside what the shell and the channels of workers need. `node` implements
/// it, the tests have a small one of their own, and both keep what `ClusterPortContract` promises.
///
/// All methods may be called from any thread and return at once.
public interface ClusterPort extends NodePort, WorkPort {
    /// Which cluster this is.
    ClusterId cluster();

    /// What the engine promises of an acknowledged command.
    Guarantees guarantees();

    /// Asks that `to` leads from now on; see [io.muster.log.Engine#transfer].
    CompletionStage<TransferAnswer> transfer(Successor to);

    /// Takes a backup of what is known here now, one at a time.
    CompletionStage<BackupAnswer> backup();

    /// Asks that who takes part is changed; see [io.muster.log.Engine#changeMembers].
    CompletionStage<MemberAnswer> changeMembers(MemberChange change);

    /// What lets nodes in.
    Admissions admissions();

    /// Which history of the log this is.
    long lineage();

    /// What the cluster has agreed to use; it rises only when every voter supports it.
    int featureLevel();

    /// The digest of the advisory database that this node has loaded, `""` for none.
    String advisoryDatabase();

    /// Why this node should be sent no work just now, such as draining or a disk that does not sync; none when all is
    /// well.
    Optional<String> notReadyReason();

    /// Why somebody leads, or nobody, as the engine knows it.
    EngineReport report();

    /// How long the state machine has been at what it does now; zero where it waits for something to
    /// do.
    Duration busy();

    /// The API key with which this node asks others.
    String ownKey();

    /// What the engine shows of itself among the metrics.
    List<EngineGauge> engineGauges();

    /// When the first of the certificates ends that this node shows or trusts; none without TLS.
    Optional<Instant> certificateEnds();

    /// How many requests ended in a mistake of this node's state since it started.
    long brokenRequests();

    /// Tells `listener` every change from now on, on the state's own thread. Called once.
    void listen(Change.Listener listener);
}
