package io.muster.jobs;

import io.muster.log.NodeId;

/// Something that happened in the ledger, told in the order in which it happened.
public sealed interface JobEvent {
    /// A job entered a state in which it stays in the ledger; `job` shows it there.
    record Moved(JobView job, Cause cause) implements JobEvent {}

    /// A job came to an end.
    record Finished(FinishedJob job, Cause cause) implements JobEvent {}

    /// A worker's state or capacity changed.
    ///
    /// @param worker who
    /// @param incarnation which process of that name
    /// @param state its state now
    /// @param reason why, for people; `""` where the state says it all
    record WorkerChanged(NodeId worker, long incarnation, WorkerState state, String reason) implements JobEvent {}

    /// A queue is served differently from now on.
    record QueueChanged(String queue, QueueSettings settings) implements JobEvent {}

    /// What moved a job.
    enum Cause {
        SUBMITTED,
        /// Its delay or its wait for the next try is over.
        DUE,
        CLAIMED,
        SUCCEEDED,
        FAILED,
        /// Its claim's deadline passed without a report.
        TIMED_OUT,
        /// Its worker was lost.
        LOST,
        /// Its worker gave it back, left, or was replaced by a process of its name while it worked.
        RELEASED,
        CANCELLED,
        /// A dead letter was queued again by hand.
        RETRIED
    }
}
