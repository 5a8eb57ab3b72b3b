package io.muster.state;

import io.muster.access.AccessCommand;
import io.muster.access.AccessCommands;
import io.muster.audits.AuditCommand;
import io.muster.audits.CancelAudit;
import io.muster.audits.StartAudit;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobCommands;
import io.muster.log.Envelope;
import io.muster.values.ValueCommand;
import io.muster.values.ValueCommands;

/// An envelope's body, read, and the ledger it is for.
///
/// Reading is apart from carrying out: what cannot be read has changed nothing yet and can be refused; what fails in
/// the middle of a ledger's work must not be taken for a refusal.
sealed interface Command {
    record ForCluster(ClusterCommand command) implements Command {}

    record ForValues(ValueCommand command) implements Command {}

    record ForJobs(JobCommand command) implements Command {}

    record ForAccess(AccessCommand command) implements Command {}

    record ForAudits(AuditCommand command) implements Command {}

    /// Reads the body of an envelope of a known kind; throws [MalformedException] where it is not whole, and
    /// [IllegalArgumentException] where it says what was never allowed to be proposed.
    static Command read(Envelope envelope) {
        int kind = envelope.kind();
        int version = envelope.version();
        var body = envelope.body();
        return switch (Kinds.family(kind)) {
            case Kinds.CLUSTER -> new ForCluster(ClusterCommand.decode(kind, body));
            case Kinds.VALUES -> new ForValues(ValueCommands.decode(kind, version, body));
            case Kinds.JOBS -> new ForJobs(JobCommands.decode(kind, version, body));
            case Kinds.ACCESS -> new ForAccess(AccessCommands.decode(kind, version, body));
            case Kinds.AUDITS -> new ForAudits(audits(kind, body));
            default -> throw new MalformedException("no ledger has commands of kind 0x" + Integer.toHexString(kind));
        };
    }

    private static AuditCommand audits(int kind, Bytes body) {
        return switch (kind) {
            case Kinds.START_AUDIT -> StartAudit.decode(body);
            case Kinds.CANCEL_AUDIT -> CancelAudit.decode(body);
            default -> throw new MalformedException("no audit command has kind 0x" + Integer.toHexString(kind));
        };
    }
}
