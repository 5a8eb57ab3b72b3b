package io.muster.worker;

import io.muster.encoding.Bytes;
import io.muster.encoding.InvariantViolation;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ClaimedRun;
import io.muster.exchange.HeldRun;
import io.muster.exchange.RunOutcome;
import io.muster.exchange.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Every run of this worker: in hand, owed, or dropped and still taking up a slot.
///
/// Of one job at most one run is in hand or owed, and at most one run of one attempt is ever started: a claim is taken
/// only if its attempt is newer than what is known of that job. What was acknowledged is forgotten; that the same
/// claim does not come back then is the reason why [WorkerLoop] believes no answer older than the newest it has seen.
final class Runs {
    private final Map<String, Run> byJob = new LinkedHashMap<>();
    private final Set<AttemptId> dropped = new LinkedHashSet<>();
    private int slots;
    private int waiting;
    private int active;

    Runs(int slots) {
        this.slots = slots;
    }

    /// Takes a claim, unless it is an echo of one that was taken before or of an attempt that is over. An older run of
    /// the same job must have been dropped before.
    void claim(ClaimedRun claim) {
        Run known = byJob.get(claim.id().job());
        if (known == null && !dropped.contains(claim.id())) {
            put(Run.waiting(claim));
        }
    }

    /// The run of the same job that has to make way for attempt `id`, if there is one.
    Optional<AttemptId> olderThan(AttemptId id) {
        Run known = byJob.get(id.job());
        return known != null && known.id().attempt() < id.attempt() ? Optional.of(known.id()) : Optional.empty();
    }

    /// What a dropped run was doing.
    enum Dropped {
        /// It has to be stopped.
        WAS_RUNNING,
        /// It was asked to stop before.
        WAS_STOPPING,
        /// It had not begun, has ended, or was not here.
        WAS_IDLE
    }

    /// Lets a run go: whatever it does or has done, nobody wants to hear of it. It takes up its slot until it has
    /// ended.
    Dropped drop(AttemptId id) {
        Run run = byJob.get(id.job());
        if (run == null || !run.id().equals(id)) {
            return Dropped.WAS_IDLE;
        }
        remove(run);
        return switch (run.state()) {
            case RunState.Waiting _, RunState.Ended _ -> Dropped.WAS_IDLE;
            case RunState.Running _ -> {
                dropped.add(id);
                yield Dropped.WAS_RUNNING;
            }
            case RunState.Stopping _ -> {
                dropped.add(id);
                yield Dropped.WAS_STOPPING;
            }
        };
    }

    /// Forgets a result that the ledger has taken.
    void acknowledge(AttemptId id) {
        Run run = byJob.get(id.job());
        if (run != null && run.id().equals(id) && run.state() instanceof RunState.Ended) {
            remove(run);
        }
    }

    /// Marks waiting runs as started, oldest first, as far as there are slots.
    List<ClaimedRun> start(long nowNanos, Predicate<ClaimedRun> allowed) {
        if (waiting == 0) {
            return List.of();
        }
        List<ClaimedRun> started = new ArrayList<>();
        for (Run run : List.copyOf(byJob.values())) {
            if (freeSlots() <= 0) {
                break;
            }
            if (run.state() instanceof RunState.Waiting && allowed.test(run.claim()) && !isStillStopping(run)) {
                put(run.in(new RunState.Running(nowNanos)));
                started.add(run.claim());
            }
        }
        return started;
    }

    /// Marks a running run as asked to end.
    void stopping(AttemptId id, StopReason reason) {
        put(active(id).in(new RunState.Stopping(reason)));
    }

    /// Takes the end of a run; that of a dropped one only frees its slot.
    void ended(AttemptId id, RunOutcome outcome) {
        if (dropped.remove(id)) {
            return;
        }
        Run run = active(id);
        put(run.in(new RunState.Ended(RunEndings.of(run, outcome))));
    }

    /// Gives back what waits for a slot.
    ///
    /// @return how much that was
    int releaseWaiting(String why) {
        int released = waiting;
        if (released == 0) {
            return 0;
        }
        for (Run run : List.copyOf(byJob.values())) {
            if (run.state() instanceof RunState.Waiting) {
                put(run.in(new RunState.Ended(new RunOutcome.Released(why))));
            }
        }
        return released;
    }

    void checkpoint(AttemptId id, Bytes checkpoint) {
        Run run = byJob.get(id.job());
        if (run != null && run.id().equals(id) && isActive(run.state())) {
            put(run.withCheckpoint(checkpoint));
        }
    }

    /// Notes that exchange `sequence` was answered: the checkpoints that it carried are safe.
    void answered(long sequence) {
        byJob.replaceAll((_, run) -> run.checkpointIn() == sequence ? run.withCheckpoint(Bytes.EMPTY) : run);
    }

    /// What exchange `sequence` says: results as far as `budget` admits them, and all else that is known of.
    RunReport report(long sequence, ReportBudget budget) {
        List<HeldRun> held = new ArrayList<>();
        List<RunResult> results = new ArrayList<>();
        boolean complete = true;
        for (Map.Entry<String, Run> entry : byJob.entrySet()) {
            Run run = entry.getValue();
            Bytes checkpoint = budget.admits(run.checkpoint()) ? run.checkpoint() : Bytes.EMPTY;
            if (!checkpoint.isEmpty()) {
                run = run.withCheckpointIn(sequence);
                entry.setValue(run);
            }
            if (run.state() instanceof RunState.Ended(RunOutcome outcome) && budget.admits(outcome)) {
                results.add(new RunResult(run.id(), outcome, checkpoint));
            } else {
                complete &= !(run.state() instanceof RunState.Ended);
                held.add(new HeldRun(run.id(), checkpoint));
            }
        }
        return new RunReport(held, results, complete);
    }

    /// What an exchange says of the runs.
    ///
    /// @param isComplete whether every result found room in it
    record RunReport(List<HeldRun> held, List<RunResult> results, boolean isComplete) {}

    /// Every run that is running and has not been asked to end.
    List<Run> running() {
        List<Run> running = new ArrayList<>(active);
        for (Run run : byJob.values()) {
            if (run.state() instanceof RunState.Running) {
                running.add(run);
            }
        }
        return running;
    }

    void setSlots(int next) {
        slots = next;
    }

    /// Slots to offer: those that dropped runs take up are not there, or the leader would fill them again.
    int offered() {
        return Math.max(0, slots - dropped.size());
    }

    /// Runs that take up a slot, dropped ones among them.
    int occupied() {
        return active + dropped.size();
    }

    /// Runs in hand, running or waiting, and results owed.
    int held() {
        return byJob.size();
    }

    boolean isEmpty() {
        return byJob.isEmpty() && dropped.isEmpty();
    }

    private Run active(AttemptId id) {
        Run run = byJob.get(id.job());
        if (run == null || !run.id().equals(id) || !isActive(run.state())) {
            throw new InvariantViolation("run " + id + " is not running here, but was said to");
        }
        return run;
    }

    private int freeSlots() {
        return slots - occupied();
    }

    private boolean isStillStopping(Run run) {
        for (AttemptId id : dropped) {
            if (id.job().equals(run.id().job())) {
                return true;
            }
        }
        return false;
    }

    private void put(Run run) {
        Run before = byJob.put(run.id().job(), run);
        if (before != null) {
            count(before, -1);
        }
        count(run, 1);
    }

    private void remove(Run run) {
        byJob.remove(run.id().job());
        count(run, -1);
    }

    private void count(Run run, int by) {
        if (run.state() instanceof RunState.Waiting) {
            waiting += by;
        } else if (isActive(run.state())) {
            active += by;
        }
    }

    private static boolean isActive(RunState state) {
        return switch (state) {
            case RunState.Running _, RunState.Stopping _ -> true;
            case RunState.Waiting _, RunState.Ended _ -> false;
        };
    }
}
