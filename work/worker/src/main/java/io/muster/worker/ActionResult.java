package io.muster.worker;

import io.muster.encoding.Bytes;

/// How one run of a handler ended.
public sealed interface ActionResult {
    /// The most bytes of a result: it travels through the log, so what is larger belongs in a file.
    int MAX_RESULT_BYTES = 64 << 10;

    /// The job is done.
    ///
    /// @param result any JSON value, at most [#MAX_RESULT_BYTES]
    record Done(Bytes result) implements ActionResult {}

    /// This run failed.
    ///
    /// @param error what was tried, on what, and what to do
    record Failed(String error, Retry retry) implements ActionResult {}

    /// Whether another attempt may end otherwise.
    enum Retry {
        WORTHWHILE,
        POINTLESS
    }

    static ActionResult done(String json) {
        return new Done(Bytes.utf8(json));
    }

    /// A failure that another attempt, perhaps on another worker, may not meet.
    static ActionResult failed(String error) {
        return new Failed(error, Retry.WORTHWHILE);
    }

    /// A failure that every attempt will meet.
    static ActionResult hopeless(String error) {
        return new Failed(error, Retry.POINTLESS);
    }
}
