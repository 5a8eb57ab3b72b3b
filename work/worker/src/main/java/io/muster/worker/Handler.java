package io.muster.worker;

import java.util.Map;

/// Runs all jobs of one type. Used by many threads at once; what belongs to one run lives in its [JobContext].
public interface Handler {
    /// The type of job, such as `audit`: lower-case letters, digits, dots and hyphens.
    String type();

    /// Runs one attempt of one job.
    ///
    /// It may be run again for the same job after a failure or a lost worker, and what it does outside must bear
    /// that: write under the context's fence, or do what doing twice does not change.
    ///
    /// @throws InterruptedException when it was asked to stop; what it returns then is not used either
    ActionResult run(JobContext context) throws InterruptedException;

    /// What becomes of its runs when the worker loses touch with the leader for longer than its lease.
    default OnLapse onLapse() {
        return OnLapse.GO_ON;
    }

    /// What a worker that has this handler can say of itself, for jobs that require it.
    default Map<String, String> labels() {
        return Map.of();
    }

    /// What becomes of a run that may have been given to another worker meanwhile.
    enum OnLapse {
        /// It may finish: its result counts only if the ledger still says so, and its effects are fenced or harmless.
        GO_ON,
        /// It is stopped, because nothing fences what it does.
        STOP
    }
}
