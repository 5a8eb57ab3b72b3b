package io.muster.api;

import io.muster.client.SubmitJob;
import io.muster.dispatch.LabelText;
import io.muster.encoding.Bytes;
import io.muster.jobs.Concurrency;
import io.muster.jobs.JobSpec;
import io.muster.jobs.RetryPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a submitter asks for, with defaults for what it left out.
final class JobSpecs {
    private JobSpecs() {}

    /// The job as the ledger takes it; throws [IllegalArgumentException] with what is wrong where it would not.
    static JobSpec of(SubmitJob job) {
        return JobSpec.of(job.type(), JobSpec.DEFAULT_QUEUE, job.payload())
                .withPlacement(new JobSpec.Placement(
                        orElse(job.queue(), JobSpec.DEFAULT_QUEUE),
                        orElse(job.priority(), JobSpec.DEFAULT_PRIORITY),
                        LabelText.labels(job.requires()),
                        orElse(job.affinity(), ""),
                        Concurrency.UNLIMITED))
                .withTiming(new JobSpec.Timing(
                        orElse(job.timeoutMillis(), JobSpec.DEFAULT_TIMEOUT_MILLIS),
                        orElse(job.delayMillis(), 0L),
                        job.maxAttempts() == null ? RetryPolicy.DEFAULT : RetryPolicy.attempts(job.maxAttempts())))
                .withKeys(new JobSpec.Keys(orElse(job.uniqueKey(), ""), ""));
    }

    /// Which field makes [#of] refuse a job, as a JSON Pointer: the first that is refused in a job with nothing else in
    /// it; `""` where it is no single one.
    static String fault(SubmitJob job) {
        var alone = SubmitJob.of("noop", Bytes.utf8("{}"));
        var fields = new LinkedHashMap<String, SubmitJob>();
        fields.put("/type", SubmitJob.of(job.type(), alone.payload()));
        fields.put("/payload", SubmitJob.of(alone.type(), job.payload()));
        fields.put("/queue", with(alone, job, "queue"));
        fields.put("/priority", with(alone, job, "priority"));
        fields.put("/requires", with(alone, job, "requires"));
        fields.put("/delayMillis", with(alone, job, "delayMillis"));
        fields.put("/timeoutMillis", with(alone, job, "timeoutMillis"));
        fields.put("/maxAttempts", with(alone, job, "maxAttempts"));
        fields.put("/uniqueKey", with(alone, job, "uniqueKey"));
        fields.put("/affinity", with(alone, job, "affinity"));
        for (var field : fields.entrySet()) {
            try {
                of(field.getValue());
            } catch (IllegalArgumentException e) {
                return field.getKey();
            }
        }
        return "";
    }

    /// `alone` with one field of `job`.
    private static SubmitJob with(SubmitJob alone, SubmitJob job, String field) {
        return new SubmitJob(
                alone.type(),
                alone.payload(),
                field.equals("queue") ? job.queue() : null,
                field.equals("priority") ? job.priority() : null,
                field.equals("requires") ? job.requires() : Map.of(),
                field.equals("delayMillis") ? job.delayMillis() : null,
                field.equals("timeoutMillis") ? job.timeoutMillis() : null,
                field.equals("maxAttempts") ? job.maxAttempts() : null,
                field.equals("uniqueKey") ? job.uniqueKey() : null,
                field.equals("affinity") ? job.affinity() : null);
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
