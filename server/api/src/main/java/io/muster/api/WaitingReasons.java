package io.muster.api;

import io.muster.jobs.Concurrency;
import io.muster.jobs.JobLedger;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import io.muster.jobs.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says of each job on a page why it does not run. To look for one reason is to look at every worker, so jobs that
/// differ in nothing that matters to it share one: a page costs as many looks as it has kinds of jobs.
///
/// For use on the state's thread, within one read.
final class WaitingReasons {
    private final JobLedger jobs;
    private final Map<Kind, Optional<String>> known = new HashMap<>();

    WaitingReasons(JobLedger jobs) {
        this.jobs = jobs;
    }

    /// All that an explanation of a queued job depends on.
    private record Kind(String queue, String type, Labels labels, Concurrency concurrency, int losses) {
        static Kind of(JobView job) {
            var spec = job.spec();
            return new Kind(
                    spec.queue(),
                    spec.type(),
                    spec.labels(),
                    spec.concurrency(),
                    job.tries().losses());
        }
    }

    /// The sentence, or null for a job that waits for nothing.
    @Nullable String of(JobView job) {
        return job.state() instanceof JobState.Queued
                ? known.computeIfAbsent(Kind.of(job), _ -> sentence(job)).orElse(null)
                : sentence(job).orElse(null);
    }

    private Optional<String> sentence(JobView job) {
        return jobs.explain(job.id()).flatMap(WaitingReasonText::sentence);
    }
}
