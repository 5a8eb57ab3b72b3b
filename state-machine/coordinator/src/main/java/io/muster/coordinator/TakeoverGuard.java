package io.muster.coordinator;

import io.muster.jobs.Capacity;
import io.muster.jobs.WorkerStanding;
import io.muster.jobs.WorkerView;
import io.muster.log.NodeId;
import io.muster.state.ClusterState;
import java.util.Map;
import java.util.TreeMap;

/// Keeps two processes of one name from ending each other in turns, each started again by its supervisor.
///
/// A process that joins under the name of another ends it: that is how a restart works, and a deployment that starts
/// the new before it stops the old. When the same happens again within minutes, the newcomer has to wait until it is
/// known whether the other still speaks. If it does, the newcomer is refused, so that one of the two works
/// undisturbed.
///
/// What is remembered here does not outlive a term; a new leader sees the last takeover in the ledger.
final class TakeoverGuard {
    /// How long a refusal is remembered, as long as the ledger's takeover is: a supervisor that tries on and on must
    /// not get through in between.
    private static final long QUARREL_NANOS = 300_000_000_000L;

    private final ClusterState state;
    private final Map<NodeId, Contender> contenders = new TreeMap<>();
    private final Map<NodeId, Long> refusedNanos = new TreeMap<>();

    private record Contender(long incarnation, long sinceNanos) {}

    TakeoverGuard(ClusterState state) {
        this.state = state;
    }

    /// What a newcomer is to be told.
    enum Admittance {
        /// It may join, and so end the process that has its name.
        WELCOME,
        /// It is not known yet whether the other still speaks.
        WAIT,
        /// The other speaks and goes on.
        REFUSED
    }

    /// Judges a process that speaks for `worker` and is not the one that has joined.
    ///
    /// @param heardNanos when the one that has joined spoke last
    Admittance judge(NodeId worker, long incarnation, long heardNanos, long nowNanos) {
        if (!isQuarrel(worker, incarnation, nowNanos)) {
            contenders.remove(worker);
            return Admittance.WELCOME;
        }
        Contender contender = contenders.get(worker);
        if (contender == null || contender.incarnation != incarnation) {
            contenders.put(worker, new Contender(incarnation, nowNanos));
            return Admittance.WAIT;
        }
        if (heardNanos - contender.sinceNanos <= 0) {
            return Admittance.WAIT;
        }
        contenders.remove(worker);
        refusedNanos.put(worker, nowNanos);
        return Admittance.REFUSED;
    }

    /// A term begins.
    void begin() {
        contenders.clear();
        refusedNanos.clear();
    }

    /// What a process is told that another has replaced.
    static String replaced(WorkerReport report) {
        return "another process joined under the name " + report.inventory().worker()
                + " after this one, which is over: give each process a name of its own";
    }

    /// What a process is told that is refused.
    static String refused(WorkerReport report) {
        return "another process works under the name " + report.inventory().worker()
                + " and goes on; this one came later and is refused, since they would end each other in turns:"
                + " give each process a name of its own";
    }

    private boolean isQuarrel(NodeId worker, long incarnation, long nowNanos) {
        Long refused = refusedNanos.get(worker);
        boolean wasRefusedLately = refused != null && nowNanos - refused < QUARREL_NANOS;
        return state.jobs().isContested(worker, incarnation)
                || (wasRefusedLately
                        && state.jobs()
                                .worker(worker)
                                .filter(TakeoverGuard::isAtWork)
                                .isPresent());
    }

    private static boolean isAtWork(WorkerView worker) {
        return worker.standing() == WorkerStanding.ACTIVE && worker.capacity().intake() == Capacity.Intake.OPEN;
    }
}
