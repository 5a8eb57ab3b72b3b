package io.muster.audits;

import io.muster.log.Reply;

/// What the ledger answers an [AuditCommand] with.
public sealed interface AuditReply extends Reply {
    /// What a [StartAudit] is answered with.
    sealed interface OfStart extends AuditReply {}

    /// What a [CancelAudit] is answered with.
    sealed interface OfCancel extends AuditReply {}

    /// The audit runs; `chosen` of the candidates became jobs, `alreadyQueued` of those stood in the queue before.
    record Started(AuditId id, int chosen, int alreadyQueued) implements OfStart {}

    /// Nothing was started: the ledger of jobs or of audits had no room. Try again after `retryMillis`.
    record Full(String reason, int retryMillis) implements OfStart {
        @Override
        public boolean mayChange() {
            return true;
        }
    }

    /// The audit is called off, and so many of its jobs with it.
    record Cancelled(AuditId id, int jobs) implements OfCancel {}

    /// There is no such audit, or it had ended before.
    record NotRunning(AuditId id) implements OfCancel {}
}
