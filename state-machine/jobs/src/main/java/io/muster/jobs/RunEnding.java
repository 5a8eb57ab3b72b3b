package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.encoding.Utf8;

/// How one run of a job ended, as its worker says.
public sealed interface RunEnding {
    /// It did what it was to do.
    ///
    /// @param result what the handler answered, at most [JobLimits#MAX_RESULT_BYTES]
    record Success(Bytes result) implements RunEnding {
        public Success {
            if (result.size() > JobLimits.MAX_RESULT_BYTES) {
                throw new IllegalArgumentException("a result of " + result.size() + " bytes is over the limit of "
                        + JobLimits.MAX_RESULT_BYTES + ": upload it and refer to it");
            }
        }
    }

    /// It failed.
    ///
    /// @param message what went wrong; cut to [JobLimits#MAX_MESSAGE_BYTES]
    /// @param advice whether trying again can help
    record Failure(String message, RetryAdvice advice) implements RunEnding {
        public Failure {
            message = Utf8.cut(message, JobLimits.MAX_MESSAGE_BYTES);
        }
    }

    /// It was given back unfinished, because the worker drains: it counts neither as a failure nor as a loss.
    record Released() implements RunEnding {}

    /// Whether trying again can help.
    enum RetryAdvice {
        RETRY,
        GIVE_UP
    }
}
