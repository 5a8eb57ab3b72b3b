package io.muster.jobs;

import io.muster.log.Reply;
import java.util.List;

/// What the job ledger answers a command with.
public sealed interface JobReply extends Reply {
    /// What a Submit is answered with.
    sealed interface OfSubmit extends JobReply {}

    /// What a ConfigureQueue is answered with.
    sealed interface OfConfigureQueue extends JobReply {}

    /// The jobs stand in the ledger: one receipt for each job, in the order of the command.
    record Submitted(List<Receipt> receipts) implements OfSubmit {
        public Submitted {
            receipts = List.copyOf(receipts);
        }
    }

    /// The idempotency key was used for another request and is still remembered; nothing happened.
    record KeyConflict(String key) implements OfSubmit {}

    /// There is no room; nothing happened.
    ///
    /// @param what which limit it is, in words
    /// @param limit that limit
    /// @param retryAfterMillis when trying again may help
    record Full(String what, long limit, long retryAfterMillis) implements OfSubmit, OfConfigureQueue {
        @Override
        public boolean mayChange() {
            return true;
        }
    }

    /// What became of each job of a Cancel, Retry or Purge, in the order of the command.
    record Changed(List<ChangeResult> changes) implements JobReply {
        public Changed {
            changes = List.copyOf(changes);
        }
    }

    /// One slice of a Bulk is done.
    ///
    /// @param done how many jobs it changed
    /// @param leftAlone how many the filter showed that could not be changed: their unique key belongs to another
    ///     live job meanwhile, there was no room to queue them again, or their payload was given up
    /// @param next whether jobs remain to be looked at, and the `after` of the next slice
    /// @param before the `before` of the next slice
    record Swept(int done, int leftAlone, JobSlice.Next next, JobId before) implements JobReply {}

    /// What became of each result of a report, in the order of the command.
    record Reported(List<ResultVerdict> verdicts) implements JobReply {
        public Reported {
            verdicts = List.copyOf(verdicts);
        }
    }

    /// It is done.
    record Done() implements OfConfigureQueue {}

    /// The worker is not known, was lost, or goes by another incarnation; it may have to join again.
    record NotJoined() implements JobReply {}

    /// A newer process of the same name has joined; this incarnation is over and must exit.
    record Superseded() implements JobReply {}

    /// A job and whether this command created it.
    record Receipt(JobId job, Deduplication deduplication) {}

    /// Whether a submit created the job it answers with.
    enum Deduplication {
        NEW,
        /// A live job had the same unique key.
        ALREADY_LIVE
    }

    /// What became of one job of a Cancel, Retry or Purge.
    enum ChangeResult {
        DONE,
        /// The job is not in the ledger: it never was, or it has finished.
        NOT_IN_LEDGER,
        /// Its state does not allow it: only live jobs are cancelled, only dead ones retried or purged.
        WRONG_STATE,
        /// Its unique key belongs to another live job meanwhile.
        KEY_TAKEN,
        /// There is no room to queue it again.
        NO_ROOM,
        /// Too many died after it, so that its payload stands in the history alone: it has to be submitted anew.
        GIVEN_UP
    }

    /// What became of one result. The worker stops sending it in every case.
    enum ResultVerdict {
        /// It counted now.
        COUNTED,
        /// It had counted before; this was a repetition.
        COUNTED_BEFORE,
        /// The attempt was over before it arrived: lost, timed out, cancelled or superseded. It does not count.
        TOO_LATE
    }
}
