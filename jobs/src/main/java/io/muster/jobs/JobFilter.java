package io.muster.jobs;

/// Which jobs a listing shows; `""` stands for any queue or type.
///
/// @param scope which states
/// @param queue the queue they wait in
/// @param type their handler
public record JobFilter(Scope scope, String queue, String type) {
    /// Everything in the ledger.
    public static final JobFilter ALL = new JobFilter(Scope.ALL, "", "");

    /// The filter for one scope, any queue and type.
    public static JobFilter of(Scope scope) {
        return new JobFilter(scope, "", "");
    }

    /// Checks the names; a listing for a name that no queue can have is merely empty, a command must not hold one.
    void check() {
        if (!queue.isEmpty()) {
            Words.name("queue", queue);
        }
        if (!type.isEmpty()) {
            Words.name("handler", type);
        }
    }

    boolean shows(Job job) {
        return scope.covers(job.state().kind())
                && (queue.isEmpty() || job.spec.queue().equals(queue))
                && (type.isEmpty() || job.spec.type().equals(type));
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
