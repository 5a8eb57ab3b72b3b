package io.muster.audits;

import io.muster.log.Stamp;
import java.util.List;

/// What audits ask of the ledger of jobs, which does it in the same apply.
public interface AuditedJobs {
    /// Whether a job for each of so many candidates of `request` would be taken in by this entry.
    boolean hasRoomFor(AuditId audit, StartAudit request, int candidates);

    /// Submits a job for each of `candidates`; answers in their order. Where a job for the same package
    /// still waits, that one stands for it.
    List<Receipt> submit(Stamp stamp, AuditId audit, StartAudit request, List<String> candidates);

    /// Cancels those of `jobs` that an audit began; what somebody else has submitted under the same unique
    /// key is not ours to cancel. Returns how many that were.
    int cancel(Stamp stamp, List<String> jobs);

    /// The job that stands for a candidate.
    ///
    /// @param job its id, in its text form
    /// @param wasQueued whether it stood in the queue before
    record Receipt(String job, boolean wasQueued) {}
}
