package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;

/// Where a job stands; each state carries what is true in it and nothing else.
///
/// A job moves only along these arrows ([Kind#leadsTo]), and only in `Transitions`:
///
/// ```
///   submit ──delay──▶ SCHEDULED ──due──▶ QUEUED ◀───retry by hand──────────────┐
///      └────────────────────────────────▶  │  ▲                                │
///                          ▲             assign│ lost, released, retry at once │
///                          │               ▼  │                                │
///                          └──failed──── CLAIMED ──failed for good, lost───▶ DEAD ──purged, evicted──▶ gone
///                                          │
///                                          └──success──▶ SUCCEEDED ──▶ gone      (SCHEDULED, QUEUED, CLAIMED
///                                                                                 ──cancel──▶ CANCELLED ──▶ gone)
/// ```
///
/// What ends goes to the history blocks as it ends; *gone* means out of the ledger's memory, not out of the history.
/// `docs/changing.md` says what a further state touches.
public sealed interface JobState {
    /// A state in which the ledger holds the job.
    sealed interface InLedger extends JobState {
        /// What [#dueMicros] and [#dueElapsedMicros] say where nothing happens by itself.
        long NEVER = Long.MAX_VALUE;

        /// The date at which the ledger queues the job by itself.
        default long dueMicros() {
            return NEVER;
        }

        /// The elapsed time at which the ledger ends the job's claim by itself.
        default long dueElapsedMicros() {
            return NEVER;
        }
    }

    /// A state in which the job can still run and no worker has it.
    sealed interface Unclaimed extends InLedger {}

    /// A state in which the job has come to an end: it stands in the history.
    sealed interface Finished extends JobState {}

    /// Waits for an instant.
    ///
    /// @param untilMicros log time at which it is queued
    /// @param why what it waits for
    record Scheduled(long untilMicros, Delay why) implements Unclaimed {
        @Override
        public Kind kind() {
            return Kind.SCHEDULED;
        }

        @Override
        public long dueMicros() {
            return untilMicros;
        }
    }

    /// Waits for a worker.
    ///
    /// @param sinceMicros log time since when
    record Queued(long sinceMicros) implements Unclaimed {
        @Override
        public Kind kind() {
            return Kind.QUEUED;
        }
    }

    /// A worker runs it.
    record Claimed(Claim claim) implements InLedger {
        @Override
        public Kind kind() {
            return Kind.CLAIMED;
        }

        @Override
        public long dueElapsedMicros() {
            return claim.expiryElapsedMicros();
        }
    }

    /// Ran to its end. Leaves the ledger for the history.
    ///
    /// @param result what the handler answered
    record Succeeded(Bytes result) implements Finished {
        @Override
        public Kind kind() {
            return Kind.SUCCEEDED;
        }
    }

    /// Given up. Stands in the history and stays in the ledger as a dead letter until retried, purged or evicted.
    ///
    /// @param reason what made it dead
    /// @param message the last failure or loss, for people
    record Dead(DeathReason reason, String message) implements InLedger, Finished {
        @Override
        public Kind kind() {
            return Kind.DEAD;
        }
    }

    /// Called off by a person or program. Leaves the ledger for the history.
    record Cancelled() implements Finished {
        @Override
        public Kind kind() {
            return Kind.CANCELLED;
        }
    }

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

    /// The table of states. Code that depends on a state asks here or is held to it by `JobStatesTest`.
    ///
    /// A row is: the record that carries what is true in the state, its number in stored states, its
    /// number in the digest, and its number in stored filters, 0 where the ledger holds no job in that
    /// state. A number never changes its meaning. Of the stored numbers, 7 is set aside for jobs that
    /// wait for others, and 8 for parked ones.
    enum Kind {
        SCHEDULED(Scheduled.class, 4, 1, 1),
        QUEUED(Queued.class, 5, 2, 2),
        CLAIMED(Claimed.class, 6, 3, 3),
        SUCCEEDED(Succeeded.class, 1, 4, 0),
        DEAD(Dead.class, 2, 5, 4),
        CANCELLED(Cancelled.class, 3, 6, 0);

        final Class<? extends JobState> type;
        final int storedNumber;
        final int digestNumber;
        final int filterNumber;
        private final boolean isInLedger;
        private final boolean isFinished;

        Kind(Class<? extends JobState> type, int storedNumber, int digestNumber, int filterNumber) {
            this.type = type;
            this.storedNumber = storedNumber;
            this.digestNumber = digestNumber;
            this.filterNumber = filterNumber;
            isInLedger = InLedger.class.isAssignableFrom(type);
            isFinished = Finished.class.isAssignableFrom(type);
        }

        /// Whether a job in this state can still run without anyone's doing.
        public boolean isLive() {
            return !isFinished;
        }

        /// Whether the ledger holds jobs in this state; those in any other state are the history's alone.
        public boolean isInLedger() {
            return isInLedger;
        }

        /// Whether a job in this state has come to an end, and stands in the history.
        public boolean isFinished() {
            return isFinished;
        }

        /// Whether `act` can be done to a job in this state.
        public boolean allows(JobCommand.BulkAct act) {
            return switch (act) {
                case CANCEL -> leadsTo(CANCELLED);
                case RETRY, PURGE -> isInLedger && isFinished;
            };
        }

        /// Whether the diagram has an arrow from this state to `next`.
        boolean leadsTo(Kind next) {
            return switch (this) {
                case SCHEDULED -> next == QUEUED || next == CANCELLED;
                case QUEUED -> next == CLAIMED || next == CANCELLED;
                case CLAIMED -> next != CLAIMED;
                case DEAD -> next == QUEUED;
                case SUCCEEDED, CANCELLED -> false;
            };
        }

        /// The state of that number in stored filters.
        static Kind ofFilterNumber(int number) {
            for (Kind kind : values()) {
                if (kind.isInLedger() && kind.filterNumber == number) {
                    return kind;
                }
            }
            throw new MalformedException("no filter has state " + number);
        }

        /// The state of that number in stored states.
        static Kind ofStoredNumber(int number) {
            for (Kind kind : values()) {
                if (kind.storedNumber == number) {
                    return kind;
                }
            }
            throw new MalformedException("no job is in a state with tag " + number);
        }
    }

    /// This state's row in the table.
    Kind kind();
}
