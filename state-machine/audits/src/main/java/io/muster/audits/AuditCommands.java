package io.muster.audits;

import io.muster.log.CommandKind;
import java.util.List;

/// The kinds of audit commands as they stand in the log.
public final class AuditCommands {
    public static final CommandKind<AuditCommand> START =
            new CommandKind<>(0x0501, "audits.start", 1, 1, (body, _) -> StartAudit.read(body));
    public static final CommandKind<AuditCommand> CANCEL =
            new CommandKind<>(0x0502, "audits.cancel", 1, 1, (body, _) -> CancelAudit.read(body));

    /// All kinds of command for the ledger of audits.
    public static final List<CommandKind<AuditCommand>> KINDS = List.of(START, CANCEL);

    private AuditCommands() {}

    static CommandKind<AuditCommand> kind(AuditCommand command) {
        return switch (command) {
            case StartAudit _ -> START;
            case CancelAudit _ -> CANCEL;
        };
    }
}
