package io.muster.coordinator;

import io.muster.access.AccessCommand;
import io.muster.access.AccessLedger;
import io.muster.jobs.Capacity;
import io.muster.jobs.JobCommand;
import io.muster.jobs.WorkerState;
import io.muster.jobs.WorkerView;
import io.muster.log.Asker;
import io.muster.log.Envelope;
import io.muster.log.LogCommand;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.state.ClusterCommand;
import io.muster.state.ClusterState;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What a leader proposes by itself. Each duty looks at the state, proposes what is missing, and looks again later:
/// a proposal that was lost with a term is simply found missing by the next leader.
final class LeaderDuties {
    private static final String DRAINED = "it drained and went";

    private final NodeId self;
    private final Supplier<ClusterState> state;
    private final FailureDetector failures;
    private final Proposer proposer;
    private final CoordinatorExecutor executor;

    /// Duties whose proposal is on its way, so that none is proposed twice meanwhile.
    private final Set<String> underWay = new HashSet<>();

    private long appliedNanos;

    LeaderDuties(
            NodeId self,
            Supplier<ClusterState> state,
            FailureDetector failures,
            Proposer proposer,
            CoordinatorExecutor executor) {
        this.self = self;
        this.state = state;
        this.failures = failures;
        this.proposer = proposer;
        this.executor = executor;
    }

    /// A batch was applied: log time stands at its instant now.
    void applied(long nowNanos) {
        appliedNanos = nowNanos;
    }

    /// A term begins.
    void begin() {
        underWay.clear();
    }

    /// Proposes what time brings with it: workers that fell silent are lost, and what is due happens.
    void look(long nowNanos) {
        for (WorkerView worker : state.get().jobs().workers()) {
            if (!worker.state().isGone()) {
                attend(worker, nowNanos);
            }
        }
        if (state.get().isDueAt(state.get().time().plusMicros((nowNanos - appliedNanos) / 1_000))) {
            propose("tick", new ClusterCommand.Tick());
        }
    }

    /// Proposes what the node's surroundings ask for: comparing digests, a higher feature level, keys.
    void settle(CoordinatorFacts facts) {
        compareDigests(facts);
        if (facts.featureLevel() > state.get().featureLevel()) {
            var raise = new ClusterCommand.RaiseFeatureLevel(facts.featureLevel());
            propose("level", raise);
        }
        for (AccessCommand grant : facts.keysToGrant()) {
            if (!isSettled(grant)) {
                propose("key " + grant, grant);
            }
        }
    }

    /// Puts the voters' digests at the next index into the log as soon as they decide who is right, or cannot any more.
    private void compareDigests(CoordinatorFacts facts) {
        SortedMap<Long, Long> mine = state.get().comparable();
        for (var own : mine.tailMap(state.get().comparedIndex() + 1).entrySet()) {
            long index = own.getKey();
            var told = new TreeMap<NodeId, Long>();
            facts.digests().forEach((voter, digests) -> {
                Long digest = digests.get(index);
                if (digest != null) {
                    told.put(voter, digest);
                }
            });
            if (facts.isVoter()) {
                told.put(self, own.getValue());
            }
            var check = new ClusterCommand.CheckDigest(index, facts.voters(), told);
            // Those who have not told theirs by the next index are away, and may be so for long.
            boolean isAwaited = told.size() < facts.voters() && index == mine.lastKey();
            boolean isTelling = told.size() * 2 > facts.voters() && !isAwaited;
            if (check.agreed().isPresent() || isTelling) {
                propose("digest", check);
                return;
            }
        }
    }

    /// Whether the ledger already holds what `grant` would add.
    private boolean isSettled(AccessCommand grant) {
        AccessLedger access = state.get().access();
        return switch (grant) {
            case AccessCommand.AddFirstKey _ -> access.hasAdmin();
            case AccessCommand.AddKey(var key) ->
                access.keys().stream().anyMatch(known -> known.key().id().equals(key.id()));
            case AccessCommand.RevokeKey _,
                    AccessCommand.Invite _,
                    AccessCommand.Redeem _,
                    AccessCommand.RevokeInvitation _,
                    AccessCommand.Settle _,
                    AccessCommand.DecideMember _ -> true;
        };
    }

    private void attend(WorkerView worker, long nowNanos) {
        NodeId id = worker.id();
        boolean owesNothing = worker.capacity().intake() == Capacity.Intake.DRAINING
                && worker.claims().isEmpty();
        long grace = worker.claims().isEmpty() ? FailureDetector.LEASE_NANOS : FailureDetector.GRACE_NANOS;
        switch (failures.health(id, grace, nowNanos)) {
            case FailureDetector.WorkerHealth.Present() -> {}
            case FailureDetector.WorkerHealth.Away() -> {
                if (owesNothing) {
                    propose("leave " + id, new JobCommand.LeaveWorker(id, worker.incarnation(), DRAINED));
                } else if (worker.state() == WorkerState.ACTIVE) {
                    propose("suspend " + id, new JobCommand.SuspendWorker(id, worker.incarnation()));
                }
            }
            case FailureDetector.WorkerHealth.Gone(var reason) -> {
                if (owesNothing) {
                    propose("leave " + id, new JobCommand.LeaveWorker(id, worker.incarnation(), DRAINED));
                } else {
                    propose("lose " + id, new JobCommand.LoseWorker(id, worker.incarnation(), reason));
                }
            }
        }
    }

    private void propose(String duty, LogCommand command) {
        if (underWay.add(duty)) {
            var envelope = Envelope.of(command, Asker.CLUSTER);
            proposer.propose(new CoordinatorProposal(
                    state.get().term(), envelope, executor, (Outcome _) -> underWay.remove(duty)));
        }
    }
}
