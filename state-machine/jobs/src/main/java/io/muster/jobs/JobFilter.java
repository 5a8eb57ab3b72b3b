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
    public static final JobFilter ALL = new JobFilter(Scope.all(), "", "");

    /// The filter for a queue and a type, whatever the rest.
    public JobFilter(Scope scope, String queue, String type) {
        this(scope, queue, type, Labels.NONE, "", 0);
    }

    /// The filter for one state, any queue and type.
    public static JobFilter of(JobState.Kind kind) {
        return new JobFilter(Scope.of(kind), "", "");
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

    /// In which states of those that the ledger holds jobs in; finished jobs are the history's.
    public sealed interface Scope {
        /// Any state.
        record All() implements Scope {}

        /// One state.
        record Only(JobState.Kind kind) implements Scope {
            public Only {
                if (!kind.isInLedger()) {
                    throw new IllegalArgumentException("the ledger holds no job that is " + kind);
                }
            }
        }

        /// Any of them.
        static Scope all() {
            return new All();
        }

        /// The jobs in state `kind`, which must be one that the ledger holds jobs in.
        static Scope of(JobState.Kind kind) {
            return new Only(kind);
        }

        /// Whether it covers a state.
        default boolean covers(JobState.Kind kind) {
            return switch (this) {
                case All() -> true;
                case Only(var only) -> only == kind;
            };
        }

        /// Whether `act` can be done to the jobs it covers; of all jobs, only the live ones are meant.
        default boolean allows(JobCommand.BulkAct act) {
            return switch (this) {
                case All() -> act == JobCommand.BulkAct.CANCEL;
                case Only(var only) -> only.allows(act);
            };
        }
    }
}
