package io.muster.exchange;

import io.muster.encoding.Bytes;

/// How one run of a job ended, as its worker says.
public sealed interface RunOutcome {
    /// The job is done.
    ///
    /// @param result any JSON value, at most [io.muster.wire.WireLimits#MAX_RESULT_BYTES]
    record Succeeded(Bytes result) implements RunOutcome {}

    /// This run failed.
    ///
    /// @param error what was tried, on what, and what to do; at most
    ///     [io.muster.wire.WireLimits#MAX_ERROR_CHARACTERS]
    /// @param retryable whether another attempt may end otherwise
    record Failed(String error, boolean retryable) implements RunOutcome {}

    /// The worker gives the job back unfinished, through no fault of the job: it drains, or its lease lapsed.
    record Released(String why) implements RunOutcome {}
}
