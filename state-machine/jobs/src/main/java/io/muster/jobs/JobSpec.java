package io.muster.jobs;

import io.muster.encoding.Bytes;
import java.util.function.Consumer;

/// What a job is, as its submitter says it; it never changes afterwards.
///
/// @param type the handler that runs it
/// @param queue the queue it waits in
/// @param priority 0 to 100, higher goes first within its queue
/// @param payload what the handler is given, JSON by convention, opaque here
/// @param labels what a worker must have to run it
/// @param timeoutMillis how long one run may take
/// @param retry what happens after a failure
/// @param delayMillis how long it is put off after submission
/// @param uniqueKey while a live job has it, a further submit answers with that job; `""` for none
/// @param affinity jobs that share it prefer the same worker; `""` for none
/// @param concurrency how many jobs of a kind may run at once
/// @param owner what the job belongs to, such as an audit, for its follow-ups; `""` for none
public record JobSpec(
        String type,
        String queue,
        int priority,
        Bytes payload,
        Labels labels,
        long timeoutMillis,
        RetryPolicy retry,
        long delayMillis,
        String uniqueKey,
        String affinity,
        Concurrency concurrency,
        String owner) {
    /// The queue of whoever names none.
    public static final String DEFAULT_QUEUE = "default";

    /// The middle, so that there is room on both sides.
    public static final int DEFAULT_PRIORITY = 50;

    /// Long enough for most, short enough that a hung run is noticed.
    public static final long DEFAULT_TIMEOUT_MILLIS = 5 * 60_000;

    public JobSpec {
        FieldRules.name("handler", type);
        FieldRules.name("queue", queue);
        FieldRules.within("a priority", priority, 0, JobLimits.MAX_PRIORITY);
        if (payload.size() > JobLimits.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a payload of " + payload.size() + " bytes is over the limit of "
                    + JobLimits.MAX_PAYLOAD_BYTES + ": upload the data and refer to it");
        }
        FieldRules.within("a number of required labels", labels.values().size(), 0, JobLimits.MAX_JOB_LABELS);
        FieldRules.within("a timeout in milliseconds", timeoutMillis, 1, JobLimits.MAX_TIMEOUT_MILLIS);
        FieldRules.within("a delay in milliseconds", delayMillis, 0, JobLimits.MAX_DELAY_MILLIS);
        FieldRules.key("unique key", uniqueKey, JobLimits.MAX_KEY_BYTES);
        FieldRules.key("affinity", affinity, JobLimits.MAX_KEY_BYTES);
        FieldRules.key("owner", owner, JobLimits.MAX_KEY_BYTES);
    }

    /// A job for the handler `type` in `queue` with every default.
    public static JobSpec of(String type, String queue, Bytes payload) {
        return new JobSpec(
                type,
                queue,
                DEFAULT_PRIORITY,
                payload,
                Labels.NONE,
                DEFAULT_TIMEOUT_MILLIS,
                RetryPolicy.DEFAULT,
                0,
                "",
                "",
                Concurrency.UNLIMITED,
                "");
    }

    public JobSpec withPayload(Bytes next) {
        return changed(draft -> draft.payload = next);
    }

    public JobSpec withPriority(int next) {
        return changed(draft -> draft.priority = next);
    }

    public JobSpec withLabels(Labels next) {
        return changed(draft -> draft.labels = next);
    }

    public JobSpec withTimeoutMillis(long next) {
        return changed(draft -> draft.timeoutMillis = next);
    }

    public JobSpec withRetry(RetryPolicy next) {
        return changed(draft -> draft.retry = next);
    }

    public JobSpec withDelayMillis(long next) {
        return changed(draft -> draft.delayMillis = next);
    }

    public JobSpec withUniqueKey(String next) {
        return changed(draft -> draft.uniqueKey = next);
    }

    public JobSpec withAffinity(String next) {
        return changed(draft -> draft.affinity = next);
    }

    public JobSpec withConcurrency(Concurrency next) {
        return changed(draft -> draft.concurrency = next);
    }

    public JobSpec withOwner(String next) {
        return changed(draft -> draft.owner = next);
    }

    private JobSpec changed(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.spec();
    }

    /// The components of a spec while one of them changes.
    private static final class Draft {
        private final String type;
        private final String queue;
        private int priority;
        private Bytes payload;
        private Labels labels;
        private long timeoutMillis;
        private RetryPolicy retry;
        private long delayMillis;
        private String uniqueKey;
        private String affinity;
        private Concurrency concurrency;
        private String owner;

        private Draft(JobSpec spec) {
            type = spec.type;
            queue = spec.queue;
            priority = spec.priority;
            payload = spec.payload;
            labels = spec.labels;
            timeoutMillis = spec.timeoutMillis;
            retry = spec.retry;
            delayMillis = spec.delayMillis;
            uniqueKey = spec.uniqueKey;
            affinity = spec.affinity;
            concurrency = spec.concurrency;
            owner = spec.owner;
        }

        private JobSpec spec() {
            return new JobSpec(
                    type,
                    queue,
                    priority,
                    payload,
                    labels,
                    timeoutMillis,
                    retry,
                    delayMillis,
                    uniqueKey,
                    affinity,
                    concurrency,
                    owner);
        }
    }
}
