package io.muster.coordinator;

import io.muster.jobs.Capacity;
import io.muster.jobs.WorkerState;
import io.muster.jobs.WorkerView;
import io.muster.log.NodeId;
import io.muster.state.ClusterState;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Keeps two processes of one name from ending each other in turns, each started again by its supervisor.
///
/// A process that joins under the name of another ends it: that is how a restart works, and a
/// deployment that starts the new before it stops the old. When the same happens again within minutes,
/// the newcomer has to wait until it is known whether the other still sends exchanges. If it does, the
/// newcomer is refused, so that one of the two works undisturbed.
///
/// What is remembered here does not outlive a term; a new leader sees the last takeover in the ledger.
final class TakeoverGuard {
    /// How long a refusal is remembered, as long as the ledger's takeover is: a supervisor that tries on and on must
    /// not get through in between.
    private static final long REFUSAL_NANOS = 300_000_000_000L;

    private final Supplier<ClusterState> state;
    private final Map<NodeId, Contender> contenders = new TreeMap<>();
    private final Map<NodeId, Long> refusedNanos = new TreeMap<>();

    private record Contender(long incarnation, long sinceNanos) {}

    TakeoverGuard(Supplier<ClusterState> state) {
        this.state = state;
    }

    /// Whether a newcomer may join.
    enum JoinDecision {
        /// It may join, and so end the process that has its name.
        WELCOME,
        /// It is not known yet whether the other still sends exchanges.
        WAIT,
        /// The other still sends exchanges, and goes on.
        REFUSED
    }

    /// Judges a process that comes under the name `worker` and is not the one that has joined.
    ///
    /// @param heardNanos when the last exchange of the one that has joined came
    JoinDecision judge(NodeId worker, long incarnation, long heardNanos, long nowNanos) {
        if (!isContested(worker, incarnation, nowNanos)) {
            contenders.remove(worker);
            return JoinDecision.WELCOME;
        }
        Contender contender = contenders.get(worker);
        if (contender == null || contender.incarnation != incarnation) {
            contenders.put(worker, new Contender(incarnation, nowNanos));
            return JoinDecision.WAIT;
        }
        if (heardNanos - contender.sinceNanos <= 0) {
            return JoinDecision.WAIT;
        }
        contenders.remove(worker);
        refusedNanos.put(worker, nowNanos);
        return JoinDecision.REFUSED;
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

    private boolean isContested(NodeId worker, long incarnation, long nowNanos) {
        Long refused = refusedNanos.get(worker);
        boolean wasRefusedLately = refused != null && nowNanos - refused < REFUSAL_NANOS;
        return state.get().jobs().isContested(worker, incarnation)
                || (wasRefusedLately
                        && state.get()
                                .jobs()
                                .worker(worker)
                                .filter(TakeoverGuard::isAtWork)
                                .isPresent());
    }

    private static boolean isAtWork(WorkerView worker) {
        return worker.state() == WorkerState.ACTIVE && worker.capacity().intake() == Capacity.Intake.OPEN;
    }
}
