package io.muster.state;

import io.muster.access.AccessCommand;
import io.muster.audits.AuditCommand;
import io.muster.jobs.JobCommand;
import io.muster.values.ValueCommand;

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
}
