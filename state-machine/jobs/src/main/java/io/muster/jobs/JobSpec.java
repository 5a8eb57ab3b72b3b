package io.muster.jobs;

import io.muster.encoding.Bytes;

/// What a job is, as its submitter says it; it never changes afterwards.
///
/// @param type the handler that runs it
/// @param payload what the handler is given, JSON by convention, opaque here
/// @param placement where it waits, and which workers can have it
/// @param timing how long things may take
/// @param keys the names under which it is known
public record JobSpec(String type, Bytes payload, Placement placement, Timing timing, Keys keys) {
    /// The queue of a job that names none.
    public static final String DEFAULT_QUEUE = "default";

    /// The middle, so that there is room on both sides.
    public static final int DEFAULT_PRIORITY = 50;

    /// Long enough for most, short enough that a hung run is noticed.
    public static final long DEFAULT_TIMEOUT_MILLIS = 5 * 60_000;

    public JobSpec {
        FieldRules.name("handler", type);
        if (payload.size() > JobLimits.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a payload of " + payload.size() + " bytes is over the limit of "
                    + JobLimits.MAX_PAYLOAD_BYTES + ": upload the data and refer to it");
        }
    }

    /// Where a job waits, and which workers can have it.
    ///
    /// @param queue the queue it waits in
    /// @param priority 0 to 100, higher goes first within its queue
    /// @param labels what a worker must have to run it
    /// @param affinity jobs that share it prefer the same worker; `""` for none
    /// @param concurrency how many jobs of a kind may run at once
    public record Placement(String queue, int priority, Labels labels, String affinity, Concurrency concurrency) {
        public Placement {
            FieldRules.name("queue", queue);
            FieldRules.within("a priority", priority, 0, JobLimits.MAX_PRIORITY);
            FieldRules.within("a number of required labels", labels.values().size(), 0, JobLimits.MAX_JOB_LABELS);
            FieldRules.key("affinity", affinity, JobLimits.MAX_KEY_BYTES);
        }

        /// Anywhere in `queue`, in the middle of its priorities.
        public static Placement in(String queue) {
            return new Placement(queue, DEFAULT_PRIORITY, Labels.NONE, "", Concurrency.UNLIMITED);
        }
    }

    /// How long things may take.
    ///
    /// @param timeoutMillis how long one run may take
    /// @param delayMillis how long the job is put off after submission
    /// @param retry what happens after a failure
    public record Timing(long timeoutMillis, long delayMillis, RetryPolicy retry) {
        /// At once, with the default timeout and retries.
        public static final Timing DEFAULT = new Timing(DEFAULT_TIMEOUT_MILLIS, 0, RetryPolicy.DEFAULT);

        public Timing {
            FieldRules.within("a timeout in milliseconds", timeoutMillis, 1, JobLimits.MAX_TIMEOUT_MILLIS);
            FieldRules.within("a delay in milliseconds", delayMillis, 0, JobLimits.MAX_DELAY_MILLIS);
        }
    }

    /// The names under which a job is known.
    ///
    /// @param unique while a live job has it, a further submit answers with that job; `""` for none
    /// @param owner what the job belongs to, such as an audit, for its follow-ups; `""` for none
    public record Keys(String unique, String owner) {
        /// None at all.
        public static final Keys NONE = new Keys("", "");

        public Keys {
            FieldRules.key("unique key", unique, JobLimits.MAX_KEY_BYTES);
            FieldRules.key("owner", owner, JobLimits.MAX_KEY_BYTES);
        }
    }

    /// A job for the handler `type` in `queue` with every default.
    public static JobSpec of(String type, String queue, Bytes payload) {
        return new JobSpec(type, payload, Placement.in(queue), Timing.DEFAULT, Keys.NONE);
    }

    public String queue() {
        return placement.queue;
    }

    public int priority() {
        return placement.priority;
    }

    public Labels labels() {
        return placement.labels;
    }

    public String affinity() {
        return placement.affinity;
    }

    public Concurrency concurrency() {
        return placement.concurrency;
    }

    public long timeoutMillis() {
        return timing.timeoutMillis;
    }

    public long delayMillis() {
        return timing.delayMillis;
    }

    public RetryPolicy retry() {
        return timing.retry;
    }

    public String uniqueKey() {
        return keys.unique;
    }

    public String owner() {
        return keys.owner;
    }

    public JobSpec withPayload(Bytes next) {
        return new JobSpec(type, next, placement, timing, keys);
    }

    public JobSpec withPriority(int next) {
        return withPlacement(new Placement(queue(), next, labels(), affinity(), concurrency()));
    }

    public JobSpec withLabels(Labels next) {
        return withPlacement(new Placement(queue(), priority(), next, affinity(), concurrency()));
    }

    public JobSpec withAffinity(String next) {
        return withPlacement(new Placement(queue(), priority(), labels(), next, concurrency()));
    }

    public JobSpec withConcurrency(Concurrency next) {
        return withPlacement(new Placement(queue(), priority(), labels(), affinity(), next));
    }

    public JobSpec withTimeoutMillis(long next) {
        return withTiming(new Timing(next, delayMillis(), retry()));
    }

    public JobSpec withDelayMillis(long next) {
        return withTiming(new Timing(timeoutMillis(), next, retry()));
    }

    public JobSpec withRetry(RetryPolicy next) {
        return withTiming(new Timing(timeoutMillis(), delayMillis(), next));
    }

    public JobSpec withUniqueKey(String next) {
        return withKeys(new Keys(next, owner()));
    }

    public JobSpec withOwner(String next) {
        return withKeys(new Keys(uniqueKey(), next));
    }

    public JobSpec withPlacement(Placement next) {
        return new JobSpec(type, payload, next, timing, keys);
    }

    public JobSpec withTiming(Timing next) {
        return new JobSpec(type, payload, placement, next, keys);
    }

    public JobSpec withKeys(Keys next) {
        return new JobSpec(type, payload, placement, timing, next);
    }
}
