package io.muster.state;

import io.muster.log.Reply;

/// What the state machine itself answers; the ledgers have answers of their own.
public sealed interface StateReply extends Reply {
    /// It is done; there is nothing to tell.
    record Done() implements StateReply {}

    /// The command was never allowed or cannot be read; nothing happened, on every node alike.
    record Rejected(String reason) implements StateReply {
        @Override
        public boolean mayChange() {
            return true;
        }
    }

    /// The idempotency key was used for another request within the last 24 hours; nothing happened.
    record KeyConflict(String key) implements StateReply {}

    /// So many idempotency keys are remembered that no other fits; nothing happened.
    ///
    /// @param limit how many
    /// @param retryAfterMillis when the oldest gives its place back
    record KeysFull(int limit, long retryAfterMillis) implements StateReply {}
}
