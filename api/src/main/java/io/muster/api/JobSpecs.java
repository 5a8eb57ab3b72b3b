package io.muster.api;

import io.muster.client.SubmitJob;
import io.muster.jobs.Concurrency;
import io.muster.jobs.JobSpec;
import io.muster.jobs.RetryPolicy;
import org.jspecify.annotations.Nullable;

/// What a submitter asks for, with the defaults of whatever it left out.
final class JobSpecs {
    private JobSpecs() {}

    /// The job as the ledger takes it; throws [IllegalArgumentException] with what is wrong where it would not.
    static JobSpec of(SubmitJob job) {
        return new JobSpec(
                job.type(),
                orElse(job.queue(), JobSpec.DEFAULT_QUEUE),
                orElse(job.priority(), JobSpec.DEFAULT_PRIORITY),
                job.payload(),
                LabelText.labels(job.requires()),
                orElse(job.timeoutMillis(), JobSpec.DEFAULT_TIMEOUT_MILLIS),
                job.maxAttempts() == null ? RetryPolicy.DEFAULT : RetryPolicy.attempts(job.maxAttempts()),
                orElse(job.delayMillis(), 0L),
                orElse(job.uniqueKey(), ""),
                orElse(job.affinity(), ""),
                Concurrency.UNLIMITED,
                "");
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
