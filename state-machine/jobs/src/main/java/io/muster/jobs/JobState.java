package io.muster.jobs;

import io.muster.encoding.Bytes;

/// Where a job stands; each state carries what is true in it and nothing else. The diagram is in the package's tour.
public sealed interface JobState {
    /// Waits for an instant.
    ///
    /// @param untilMicros log time at which it is queued
    /// @param why what it waits for
    record Scheduled(long untilMicros, Delay why) implements JobState {}

    /// Waits for a worker.
    ///
    /// @param sinceMicros log time since when
    record Queued(long sinceMicros) implements JobState {}

    /// A worker runs it.
    record Claimed(Claim claim) implements JobState {}

    /// Ran to its end. Leaves the ledger for the history.
    ///
    /// @param result what the handler answered
    record Succeeded(Bytes result) implements JobState {}

    /// Given up. Stands in the history and stays in the ledger as a dead letter until retried, purged or evicted.
    ///
    /// @param reason what made it dead
    /// @param message the last failure or loss, for people
    record Dead(DeathReason reason, String message) implements JobState {}

    /// Called off by a person or program. Leaves the ledger for the history.
    record Cancelled() implements JobState {}

    /// What a scheduled job waits for.
    enum Delay {
        /// Its submitter asked for a delay.
        ASKED,
        /// It failed and waits for its next try.
        RETRY
    }

    /// What made a job dead.
    enum DeathReason {
        /// It failed as often as its policy allows.
        ATTEMPTS_EXHAUSTED,
        /// Its handler said that trying again is useless.
        NOT_RETRYABLE,
        /// Its workers died under it too often, the last time while it ran alone.
        LOST_TOO_OFTEN
    }

    /// The states by name, for counters and filters.
    enum Kind {
        SCHEDULED,
        QUEUED,
        CLAIMED,
        SUCCEEDED,
        DEAD,
        CANCELLED;

        /// Whether a job in this state can still run without anyone's doing.
        public boolean isLive() {
            return this == SCHEDULED || this == QUEUED || this == CLAIMED;
        }
    }

    /// This state by name.
    default Kind kind() {
        return switch (this) {
            case Scheduled _ -> Kind.SCHEDULED;
            case Queued _ -> Kind.QUEUED;
            case Claimed _ -> Kind.CLAIMED;
            case Succeeded _ -> Kind.SUCCEEDED;
            case Dead _ -> Kind.DEAD;
            case Cancelled _ -> Kind.CANCELLED;
        };
    }
}
