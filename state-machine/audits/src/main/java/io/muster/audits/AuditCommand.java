package io.muster.audits;

import io.muster.log.CommandKind;
import io.muster.log.LogCommand;

/// Everything that can be asked of the ledger of audits through the log.
public sealed interface AuditCommand extends LogCommand permits StartAudit, CancelAudit {
    @Override
    default CommandKind<AuditCommand> kind() {
        return AuditCommands.kind(this);
    }
}
