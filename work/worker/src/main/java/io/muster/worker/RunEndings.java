package io.muster.worker;

import io.muster.exchange.RunOutcome;

/// What is reported of a run that was asked to end: the reason it was given, not the noise it made when it was stopped.
final class RunEndings {
    private RunEndings() {}

    /// A run that succeeded all the same has done its work, and says so; the ledger decides whether that still counts.
    static RunOutcome of(Run run, RunOutcome outcome) {
        if (!(run.state() instanceof RunState.Stopping(StopReason reason)) || outcome instanceof RunOutcome.Succeeded) {
            return outcome;
        }
        return switch (reason) {
            case TIMED_OUT ->
                new RunOutcome.Failed(
                        "stopped after running for " + run.claim().timeoutMillis() + " ms, its limit", true);
            case LEASE_LAPSED -> new RunOutcome.Released("stopped because the worker lost touch with the leader");
            case DRAINING -> new RunOutcome.Released("stopped because the worker drains");
            case DROPPED, SUPERSEDED, REPLACED, STOPPED -> outcome;
        };
    }
}
