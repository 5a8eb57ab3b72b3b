package io.muster.audits;

import io.muster.cluster.Reply;

/// What the ledger answers a [StartAudit] with.
public sealed interface AuditReply extends Reply {
    /// The audit runs; `chosen` of the candidates became jobs, `alreadyQueued` of those stood in the queue before.
    record Started(AuditId id, int chosen, int alreadyQueued) implements AuditReply {}

    /// Nothing was started: the ledger of jobs or of audits had no room. Try again after `retryMillis`.
    record Full(String reason, int retryMillis) implements AuditReply {}
}
