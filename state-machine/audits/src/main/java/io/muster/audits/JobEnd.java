package io.muster.audits;

import io.muster.encoding.Bytes;

/// How a job ended, as the ledger of jobs tells it.
///
/// @param job the job's id in its text form
/// @param completion whether it reached a conclusion at all
/// @param worker who ran it last, or `""`
/// @param attempt which attempt it was
/// @param result the worker's answer as JSON, or why there is none; opaque here
public record JobEnd(String job, Completion completion, String worker, int attempt, Bytes result) {
    /// Whether a job reached a conclusion.
    public enum Completion {
        /// The package was audited; its findings, if any, are in the result.
        CONCLUDED,
        /// The job died or was cancelled; nothing is known about the package.
        FAILED
    }
}
