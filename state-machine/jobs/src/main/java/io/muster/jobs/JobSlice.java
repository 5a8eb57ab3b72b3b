package io.muster.jobs;

import java.util.List;

/// A part of a listing, by job id. It may hold fewer jobs than asked for although more follow: a page looks at no more
/// than [JobLimits#MAX_LOOK] jobs.
///
/// @param jobs the jobs, oldest first
/// @param next what comes after them
public record JobSlice(List<JobView> jobs, Next next) {
    public JobSlice {
        jobs = List.copyOf(jobs);
    }

    /// What comes after a page.
    public sealed interface Next {
        /// Nothing.
        record End() implements Next {}

        /// Perhaps more: ask with this id as the cursor.
        record After(JobId cursor) implements Next {}
    }
}
