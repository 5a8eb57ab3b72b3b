package io.muster.jobs;

/// How many jobs that share a key may run at once, over all queues and workers.
///
/// @param key what they share, `""` for no such limit
/// @param limit how many may run at once; 0 exactly when there is no key
public record Concurrency(String key, int limit) {
    /// No limit beyond the workers' slots.
    public static final Concurrency UNLIMITED = new Concurrency("", 0);

    public Concurrency {
        FieldRules.key("concurrency key", key, JobLimits.MAX_KEY_BYTES);
        FieldRules.within("a concurrency limit", limit, key.isEmpty() ? 0 : 1, key.isEmpty() ? 0 : JobLimits.MAX_SLOTS);
    }

    /// Whether there is a limit at all.
    public boolean isLimited() {
        return limit > 0;
    }
}
