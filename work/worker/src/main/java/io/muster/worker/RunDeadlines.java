package io.muster.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Knows when a run has to be stopped, and why: its own limit, the worker's lease, the end of a drain.
///
/// Looking at every run in every step would cost more than short runs themselves do, so it keeps the earliest instant
/// at which any of them can be overdue, and looks no sooner.
final class RunDeadlines {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Set<String> stopOnLapse;
    private long leaseUntilNanos;
    private long giveBackAtNanos = NEVER;
    private long nextCheckNanos = NEVER;

    /// @param stopOnLapse types of job to stop when the lease lapses
    RunDeadlines(Set<String> stopOnLapse) {
        this.stopOnLapse = stopOnLapse;
    }

    /// A run that must be stopped now.
    record Overdue(Run run, StopReason reason) {}

    /// The worker may trust its claims until `untilNanos`.
    void leaseUntil(long untilNanos) {
        leaseUntilNanos = untilNanos;
        checkBy(untilNanos);
    }

    /// The worker drains, and gives back at `atNanos` what has not ended.
    void giveBackAt(long atNanos) {
        giveBackAtNanos = atNanos;
        checkBy(atNanos);
    }

    /// Whether a run of this type may start now: one that would be stopped at once may not.
    boolean admits(String type, long nowNanos) {
        return nowNanos < leaseUntilNanos || !stopOnLapse.contains(type);
    }

    /// Watches a run that starts now.
    void started(long timeoutMillis, long nowNanos) {
        checkBy(endOf(timeoutMillis, nowNanos));
    }

    /// The runs that are overdue, each with the first of its reasons.
    List<Overdue> overdue(Runs runs, long nowNanos) {
        if (nowNanos < nextCheckNanos) {
            return List.of();
        }
        nextCheckNanos = NEVER;
        List<Overdue> overdue = new ArrayList<>();
        for (Run run : runs.running()) {
            check(run, nowNanos, overdue);
        }
        return overdue;
    }

    /// When [#overdue] may have something to say.
    long nextCheckNanos() {
        return nextCheckNanos;
    }

    private void check(Run run, long nowNanos, List<Overdue> overdue) {
        long timeout = run.state() instanceof RunState.Running(long since)
                ? endOf(run.claim().timeoutMillis(), since)
                : NEVER;
        long lapse = stopOnLapse.contains(run.claim().type()) ? leaseUntilNanos : NEVER;
        if (nowNanos >= timeout) {
            overdue.add(new Overdue(run, StopReason.TIMED_OUT));
        } else if (nowNanos >= lapse) {
            overdue.add(new Overdue(run, StopReason.LEASE_LAPSED));
        } else if (nowNanos >= giveBackAtNanos) {
            overdue.add(new Overdue(run, StopReason.DRAINING));
        } else {
            checkBy(Math.min(timeout, Math.min(lapse, giveBackAtNanos)));
        }
    }

    private void checkBy(long nanos) {
        nextCheckNanos = Math.min(nextCheckNanos, nanos);
    }

    /// No limit is written as 0; one that lies beyond the clock's range is none.
    private static long endOf(long timeoutMillis, long sinceNanos) {
        return timeoutMillis == 0 || timeoutMillis >= (NEVER - sinceNanos) / NANOS_PER_MILLI
                ? NEVER
                : sinceNanos + timeoutMillis * NANOS_PER_MILLI;
    }
}
