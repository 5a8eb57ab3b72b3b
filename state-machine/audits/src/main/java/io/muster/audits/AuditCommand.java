package io.muster.audits;

/// Everything that can be asked of the ledger of audits through the log.
public sealed interface AuditCommand permits StartAudit, CancelAudit {}
