package io.muster.audits;

import io.muster.log.Reply;

/// What the ledger answers an [AuditCommand] with.
public sealed interface AuditReply extends Reply {
    /// The audit runs; `chosen` of the candidates became jobs, `alreadyQueued` of those stood in the queue before.
    record Started(AuditId id, int chosen, int alreadyQueued) implements AuditReply {}

    /// Nothing was started: the ledger of jobs or of audits had no room. Try again after `retryMillis`.
    record Full(String reason, int retryMillis) implements AuditReply {
        @Override
        public boolean mayChange() {
            return true;
        }
    }

    /// The audit is called off, and so many of its jobs with it.
    record Cancelled(AuditId id, int jobs) implements AuditReply {}

    /// There is no such audit, or it had ended before.
    record NotRunning(AuditId id) implements AuditReply {}
}
