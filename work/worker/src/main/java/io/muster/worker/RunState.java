package io.muster.worker;

import io.muster.exchange.RunOutcome;

/// Where a claimed run stands on its worker.
///
/// ```
///   claim ──▶ Waiting ──▶ Running ──▶ Ended ──acknowledged or dropped──▶ forgotten
///                │           │          ▲
///                │           └─▶ Stopping
///                └────────drain─────────┘
/// ```
///
/// A run that is dropped while it runs leaves this picture at once: it only takes up its slot until it has ended.
sealed interface RunState {
    /// No slot is free, or an older run of the same job has not ended yet.
    record Waiting() implements RunState {}

    /// It runs since that instant.
    record Running(long sinceNanos) implements RunState {}

    /// It was asked to end.
    record Stopping(StopReason reason) implements RunState {}

    /// It has ended, and its result is owed to the leader.
    record Ended(RunOutcome outcome) implements RunState {}
}
