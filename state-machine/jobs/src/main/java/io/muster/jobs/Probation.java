package io.muster.jobs;

/// How far a worker is trusted after runs were lost with it.
///
/// A loss has two sides, the job and the worker, and says by itself not which of them is to blame. Jobs are judged by
/// how many distinct workers they were lost under ([RunCompletion]); a worker that loses its runs again within
/// [JobLimits#PROBATION_WINDOW_MICROS] is given one job at a time, behind all others, and one more for each that
/// succeeds. A worker that crashes in a loop thus takes one job with it, not a thousand.
final class Probation {
    private Probation() {}

    /// Notes at elapsed time `now` that `worker` lost the runs it held, or was replaced while it held
    /// some. Called by [Workers#setBack] alone.
    static void noteSetback(Worker worker, long now) {
        if (worker.claims.isEmpty()) {
            return;
        }
        if (worker.setbackElapsedMicros + JobLimits.PROBATION_WINDOW_MICROS <= now) {
            worker.setbacks = 0;
        }
        worker.setbacks++;
        worker.setbackElapsedMicros = now;
        if (worker.setbacks >= JobLimits.PROBATION_AFTER) {
            worker.trust = 1;
        }
    }

    /// Whether `worker` has been without a setback for long enough.
    static boolean isOver(Worker worker, long now) {
        return worker.isOnProbation() && worker.setbackElapsedMicros + JobLimits.PROBATION_WINDOW_MICROS <= now;
    }

    /// Trusts `worker` with one more job, after one has succeeded.
    static void grow(Worker worker) {
        worker.trust++;
        if (worker.trust >= worker.capacity().slots()) {
            end(worker);
        }
    }

    /// Trusts `worker` fully again.
    static void end(Worker worker) {
        worker.trust = Worker.FULL_TRUST;
        worker.setbacks = 0;
    }

    /// Why `worker` is given less than it offers to take.
    static String reason(Worker worker) {
        return "on probation: its runs were lost " + worker.setbacks + " times within "
                + JobLimits.PROBATION_WINDOW_MICROS / 60_000_000 + " minutes; it is given " + worker.trust
                + " at a time, and one more for each that succeeds";
    }
}
