package io.muster.state;

import io.muster.audits.AuditLedger;
import io.muster.jobs.JobId;
import io.muster.jobs.JobState;
import io.muster.references.ObjectUses;
import java.util.Optional;

/// What the ledger of references has to know of jobs and audits.
final class ReferencedJobs implements ObjectUses {
    private final Ledgers ledgers;

    ReferencedJobs(Ledgers ledgers) {
        this.ledgers = ledgers;
    }

    @Override
    public boolean isRunBy(String job, int attempt, String worker) {
        return id(job).flatMap(ledgers.jobs()::find)
                .filter(found -> found.state() instanceof JobState.Claimed(var claim)
                        && claim.attempt() == attempt
                        && claim.worker().value().equals(worker))
                .isPresent();
    }

    @Override
    public boolean isRemembered(String job) {
        return id(job).filter(id -> ledgers.jobs().find(id).isPresent()
                        || ledgers.jobs().outcome(id).isPresent())
                .isPresent();
    }

    /// A command may say anything: what is no id is no job.
    private static Optional<JobId> id(String job) {
        try {
            return Optional.of(JobId.parse(job));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isAudited(String database) {
        return ledgers.audits().newest(AuditLedger.MAX_AUDITS).stream()
                .anyMatch(audit ->
                        !audit.isFinished() && audit.request().database().equals(database));
    }
}
