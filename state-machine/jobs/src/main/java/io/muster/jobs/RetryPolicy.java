package io.muster.jobs;

/// How often a failing job is tried, and how long it waits in between.
///
/// The n-th wait is `baseMillis × factor^(n-1)`, at most `maxMillis`, spread downwards by a jitter drawn from the job
/// and its attempt, and never less than `floorMillis`. Losses of a worker do not count here.
///
/// @param maxAttempts failures after which the job is dead; 1 never retries
/// @param baseMillis the first wait
/// @param factor what each further wait is multiplied by
/// @param maxMillis the longest wait
/// @param floorMillis the shortest wait, whatever the jitter says
public record RetryPolicy(int maxAttempts, long baseMillis, int factor, long maxMillis, long floorMillis) {
    /// Three attempts, about 1 s and 2 s apart, never less than 100 ms, never more than 10 minutes.
    public static final RetryPolicy DEFAULT = new RetryPolicy(3, 1_000, 2, 600_000, 100);

    /// One attempt: the first failure is final.
    public static final RetryPolicy NEVER = new RetryPolicy(1, 0, 1, 0, 0);

    private static final int MOST_ATTEMPTS = 1_000;
    private static final int MOST_FACTOR = 100;

    public RetryPolicy {
        FieldRules.within("a number of attempts", maxAttempts, 1, MOST_ATTEMPTS);
        FieldRules.within("a base delay in milliseconds", baseMillis, 0, JobLimits.MAX_DELAY_MILLIS);
        FieldRules.within("a factor", factor, 1, MOST_FACTOR);
        FieldRules.within("a longest delay in milliseconds", maxMillis, baseMillis, JobLimits.MAX_DELAY_MILLIS);
        FieldRules.within("a shortest delay in milliseconds", floorMillis, 0, maxMillis);
    }

    /// The default policy with another number of attempts.
    public static RetryPolicy attempts(int maxAttempts) {
        return new RetryPolicy(maxAttempts, DEFAULT.baseMillis, DEFAULT.factor, DEFAULT.maxMillis, DEFAULT.floorMillis);
    }

    /// The wait after the `failures`-th failure of `job` in its `attempt`, in microseconds.
    ///
    /// Half of the wait is fixed and half is jitter: jobs that failed together come back apart, but none at once.
    /// The jitter is drawn from the job and its attempt alone, so that every node draws the same.
    long waitMicros(JobId job, int attempt, int failures) {
        long wait = baseMillis;
        for (int i = 1; i < failures && wait < maxMillis; i++) {
            wait = Math.min(maxMillis, wait * factor);
        }
        long micros = wait * 1_000;
        long jitter = Long.remainderUnsigned(mix(job.value() * 31 + attempt), micros / 2 + 1);
        return Math.max(floorMillis * 1_000, micros - jitter);
    }

    /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): spreads every input bit over the output.
    static long mix(long value) {
        long z = value + 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
