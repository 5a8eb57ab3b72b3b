package io.muster.state;

import io.muster.audits.AuditedJobs;
import io.muster.jobs.JobEvent;
import io.muster.references.ObjectUses;

/// What happens in one ledger because of what happened in another, in the same apply. This is the whole
/// table:
///
/// | when | then | by |
/// |---|---|---|
/// | an audit starts | a job for each chosen package, unless one still waits | [#ofAudits] |
/// | an audit is called off | its jobs that no other audit waits for are cancelled | [#ofAudits] |
/// | a job ends | the audits that wait for it conclude its package | [#happened] |
final class FollowUps {
    private final Ledgers ledgers;

    FollowUps(Ledgers ledgers) {
        this.ledgers = ledgers;
    }

    /// What audits do in the ledger of jobs.
    AuditedJobs ofAudits() {
        return new AuditJobs(
                ledgers.jobs(), database -> ledgers.references().set(database).isPresent());
    }

    /// What the ledger of references asks of the others; nothing happens there because of it.
    ObjectUses ofReferences() {
        return new ReferencedJobs(ledgers);
    }

    /// What follows from something that happened in the ledger of jobs.
    void happened(JobEvent event) {
        switch (event) {
            case JobEvent.Finished(var job, var _) -> {
                if (ledgers.audits().isAwaited(job.id().toString())) {
                    ledgers.audits().concluded(AuditJobs.end(job), job.finishedMicros());
                }
            }
            case JobEvent.Moved _, JobEvent.WorkerChanged _, JobEvent.QueueChanged _ -> {}
        }
    }
}
