package io.muster.jobs;

/// Which jobs a listing shows; `""` stands for any queue or type.
///
/// @param scope which states
/// @param queue the queue they wait in
/// @param type their handler
/// @param labels labels that they require, among others; none for any
/// @param owner what they belong to, such as an audit; `""` for anything
/// @param minAgeMicros how long ago in log time they were submitted at least; 0 for any
public record JobFilter(Scope scope, String queue, String type, Labels labels, String owner, long minAgeMicros) {
    /// Everything in the ledger.
    public static final JobFilter ALL = new JobFilter(Scope.ALL, "", "");

    /// The filter for a queue and a type, whatever the rest.
    public JobFilter(Scope scope, String queue, String type) {
        this(scope, queue, type, Labels.NONE, "", 0);
    }

    /// The filter for one scope, any queue and type.
    public static JobFilter of(Scope scope) {
        return new JobFilter(scope, "", "");
    }

    /// Checks the names; a listing for a name that no queue can have is merely empty, a command must not hold one.
    void check() {
        if (!queue.isEmpty()) {
            FieldRules.name("queue", queue);
        }
        if (!type.isEmpty()) {
            FieldRules.name("handler", type);
        }
        FieldRules.within("a number of labels", labels.values().size(), 0, JobLimits.MAX_JOB_LABELS);
        FieldRules.key("owner", owner, JobLimits.MAX_KEY_BYTES);
        FieldRules.within("an age in microseconds", minAgeMicros, 0, Long.MAX_VALUE);
    }

    boolean shows(Job job, long nowMicros) {
        return scope.covers(job.state().kind())
                && (queue.isEmpty() || job.spec.queue().equals(queue))
                && (type.isEmpty() || job.spec.type().equals(type))
                && job.spec.labels().values().containsAll(labels.values())
                && (owner.isEmpty() || job.spec.owner().equals(owner))
                && nowMicros - job.submittedMicros >= minAgeMicros;
    }

    /// The states that jobs in the ledger can be in; finished ones are the history's.
    public enum Scope {
        ALL,
        SCHEDULED,
        QUEUED,
        CLAIMED,
        DEAD;

        boolean covers(JobState.Kind kind) {
            return this == ALL || name().equals(kind.name());
        }
    }
}
