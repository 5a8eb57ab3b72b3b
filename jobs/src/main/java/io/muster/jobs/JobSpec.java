package io.muster.jobs;

import io.muster.encoding.Bytes;

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
        Words.name("handler", type);
        Words.name("queue", queue);
        Words.within("a priority", priority, 0, JobLimits.MAX_PRIORITY);
        if (payload.size() > JobLimits.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a payload of " + payload.size() + " bytes is over the limit of "
                    + JobLimits.MAX_PAYLOAD_BYTES + ": upload the data and refer to it");
        }
        Words.within("a number of required labels", labels.values().size(), 0, JobLimits.MAX_JOB_LABELS);
        Words.within("a timeout in milliseconds", timeoutMillis, 1, JobLimits.MAX_TIMEOUT_MILLIS);
        Words.within("a delay in milliseconds", delayMillis, 0, JobLimits.MAX_DELAY_MILLIS);
        Words.key("unique key", uniqueKey, JobLimits.MAX_KEY_BYTES);
        Words.key("affinity", affinity, JobLimits.MAX_KEY_BYTES);
        Words.key("owner", owner, JobLimits.MAX_KEY_BYTES);
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

    public JobSpec withPriority(int next) {
        return new JobSpec(
                type,
                queue,
                next,
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

    public JobSpec withLabels(Labels next) {
        return new JobSpec(
                type,
                queue,
                priority,
                payload,
                next,
                timeoutMillis,
                retry,
                delayMillis,
                uniqueKey,
                affinity,
                concurrency,
                owner);
    }

    public JobSpec withTimeoutMillis(long next) {
        return new JobSpec(
                type,
                queue,
                priority,
                payload,
                labels,
                next,
                retry,
                delayMillis,
                uniqueKey,
                affinity,
                concurrency,
                owner);
    }

    public JobSpec withRetry(RetryPolicy next) {
        return new JobSpec(
                type,
                queue,
                priority,
                payload,
                labels,
                timeoutMillis,
                next,
                delayMillis,
                uniqueKey,
                affinity,
                concurrency,
                owner);
    }

    public JobSpec withDelayMillis(long next) {
        return new JobSpec(
                type,
                queue,
                priority,
                payload,
                labels,
                timeoutMillis,
                retry,
                next,
                uniqueKey,
                affinity,
                concurrency,
                owner);
    }

    public JobSpec withUniqueKey(String next) {
        return new JobSpec(
                type,
                queue,
                priority,
                payload,
                labels,
                timeoutMillis,
                retry,
                delayMillis,
                next,
                affinity,
                concurrency,
                owner);
    }

    public JobSpec withAffinity(String next) {
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
                next,
                concurrency,
                owner);
    }

    public JobSpec withConcurrency(Concurrency next) {
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
                next,
                owner);
    }

    public JobSpec withOwner(String next) {
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
                next);
    }
}
