package io.muster.coordinator;

import io.muster.jobs.Delta;
import io.muster.log.Outcome;

/// What a worker is told. A [Told] may follow another for the same report, when there is news before the next one.
public sealed interface WorkerAnswer {
    /// The delta between what it said and the ledger.
    ///
    /// @param delta what is acknowledged, what it lacks, what it must drop
    /// @param leaseMillis how long it may trust its claims, from before it sent the report
    /// @param term the leader's term
    /// @param index up to where the leader had applied
    /// @param hasMore whether it lacks more than this answer had room for: its next report brings the rest
    record Told(Delta.Of delta, int leaseMillis, long term, long index, boolean hasMore) implements WorkerAnswer {}

    /// This node does not lead.
    record NotLeading(Outcome.Hint hint) implements WorkerAnswer {}

    /// Whether the report counted is not known, or there was no room: send it again after `retryMillis`.
    record RetryLater(String reason, int retryMillis) implements WorkerAnswer {}

    /// This node made a mistake over the report, which is on record: nothing of it may have been taken.
    record Failed(String reason) implements WorkerAnswer {}

    /// Another process works under its name: it stops everything and exits.
    ///
    /// @param reason which of them goes and why, for people
    record Over(String reason) implements WorkerAnswer {}
}
