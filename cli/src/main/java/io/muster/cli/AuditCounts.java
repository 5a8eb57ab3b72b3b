package io.muster.cli;

import io.muster.client.AuditDocument;
import io.muster.client.JobDocument;
import io.muster.client.JobStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What became of an audit's jobs, counted against what was accepted and not against what is left of it.
///
/// @param finished accepted jobs that were read back as succeeded
/// @param lost accepted jobs that were not, whether they ended otherwise or cannot be found
/// @param twice packages looked up by more than one job, jobs that nobody asked for, and results beyond one a job
/// @param again jobs that more than one worker was given
record AuditCounts(long finished, long lost, long twice, long again) {
    /// @param accepted what the request for the audit was answered with
    /// @param ended the same audit, finished
    /// @param read the accepted jobs that could be read back
    static AuditCounts of(AuditDocument accepted, AuditDocument ended, List<JobDocument> read) {
        Set<String> finished = new HashSet<>();
        Set<String> packages = new HashSet<>();
        long again = 0;
        long twice = 0;
        for (JobDocument job : read) {
            if (job.state() == JobStatus.SUCCEEDED && accepted.jobs().contains(job.id())) {
                finished.add(job.id());
            }
            again += job.attempt() > 1 ? 1 : 0;
            twice += job.payload() != null && packages.add(job.payload().text()) ? 0 : 1;
        }
        twice += ended.jobs().stream()
                .filter(job -> !accepted.jobs().contains(job))
                .count();
        twice += Math.max(0, ended.finished() - accepted.chosen());
        return new AuditCounts(finished.size(), Math.max(0, accepted.chosen() - finished.size()), twice, again);
    }

    boolean isRight() {
        return lost == 0 && twice == 0;
    }
}
