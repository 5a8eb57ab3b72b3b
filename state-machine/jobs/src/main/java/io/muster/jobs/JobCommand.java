package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.encoding.Utf8;
import io.muster.log.CommandKind;
import io.muster.log.LogCommand;
import io.muster.log.NodeId;
import java.util.List;

/// Everything that can be asked of the job ledger through the log. There is no command to claim a job: the ledger
/// gives out work by itself at the end of each entry ([JobLedger#settle]).
public sealed interface JobCommand extends LogCommand {
    @Override
    default CommandKind<JobCommand> kind() {
        return JobCommands.kind(this);
    }

    @Override
    default Bytes encode() {
        return JobCommands.encode(this);
    }

    @Override
    default String summary() {
        return JobCommandSummary.of(this);
    }

    /// Adds jobs; the answer is [JobReply.Submitted] in the same order, or nothing of it happens.
    record Submit(List<JobSpec> jobs) implements JobCommand {
        public Submit {
            FieldRules.within("a number of jobs in one command", jobs.size(), 1, JobLimits.MAX_BATCH);
            jobs = List.copyOf(jobs);
        }
    }

    /// Calls live jobs off, running ones too: their workers are told to drop them.
    record Cancel(List<JobId> jobs) implements JobCommand {
        public Cancel {
            FieldRules.within("a number of jobs in one command", jobs.size(), 1, JobLimits.MAX_BATCH);
            jobs = List.copyOf(jobs);
        }
    }

    /// Queues dead letters again, as if they had never failed.
    record Retry(List<JobId> jobs) implements JobCommand {
        public Retry {
            FieldRules.within("a number of jobs in one command", jobs.size(), 1, JobLimits.MAX_BATCH);
            jobs = List.copyOf(jobs);
        }
    }

    /// Takes dead letters out of the ledger; the history keeps them.
    record Purge(List<JobId> jobs) implements JobCommand {
        public Purge {
            FieldRules.within("a number of jobs in one command", jobs.size(), 1, JobLimits.MAX_BATCH);
            jobs = List.copyOf(jobs);
        }
    }

    /// Does one act to the jobs that a filter shows, a slice at a time: at most `limit` of them in this entry, in the
    /// order of their ids. [JobReply.Swept] says how many it were and with which `after` and `before` to go on.
    ///
    /// @param act what is done
    /// @param filter to which jobs; live ones are cancelled, dead ones are retried and purged
    /// @param after only to jobs behind this id: what the last slice said, or [#FROM_FIRST]
    /// @param before only to jobs ahead of this id: what the first slice said, or [#TO_LAST]; jobs submitted after
    ///     the first slice are not touched, so the slices come to an end however much is submitted meanwhile
    /// @param limit 1 to [JobLimits#MAX_BULK]
    record Bulk(BulkAct act, JobFilter filter, JobId after, JobId before, int limit) implements JobCommand {
        /// `after` of a first slice.
        public static final JobId FROM_FIRST = new JobId(0);

        /// `before` of a first slice.
        public static final JobId TO_LAST = new JobId(Long.MAX_VALUE);

        public Bulk {
            if (!filter.scope().allows(act)) {
                throw new IllegalArgumentException(
                        act == BulkAct.CANCEL
                                ? "dead jobs cannot be cancelled: purge them, or choose live ones"
                                : "only dead jobs can be retried or purged: choose the state dead");
            }
            filter.check();
            FieldRules.within("a number of jobs in one slice", limit, 1, JobLimits.MAX_BULK);
        }

        /// The first slice of a bulk act.
        public static Bulk first(BulkAct act, JobFilter filter) {
            return new Bulk(act, filter, FROM_FIRST, TO_LAST, JobLimits.MAX_BULK);
        }
    }

    /// What can be done to many jobs at once.
    enum BulkAct {
        CANCEL,
        RETRY,
        PURGE
    }

    /// Says how runs ended or how far they have come.
    record ReportWork(NodeId worker, long incarnation, List<WorkResult> results, List<Checkpoint> checkpoints)
            implements JobCommand {
        public ReportWork {
            FieldRules.within("a number of results in one report", results.size(), 0, JobLimits.MAX_REPORT);
            FieldRules.within("a number of checkpoints in one report", checkpoints.size(), 0, JobLimits.MAX_REPORT);
            results = List.copyOf(results);
            checkpoints = List.copyOf(checkpoints);
        }
    }

    /// A worker begins. An older process of the same name is over: what it held is lost and queued at once.
    record JoinWorker(NodeId worker, long incarnation, Capacity capacity) implements JobCommand {}

    /// A worker offers something else than before.
    record ChangeWorker(NodeId worker, long incarnation, Capacity capacity) implements JobCommand {}

    /// A worker's channel closed: it gets nothing new, but what it holds is not given to others yet.
    record SuspendWorker(NodeId worker, long incarnation) implements JobCommand {}

    /// A suspended worker is back.
    record ResumeWorker(NodeId worker, long incarnation) implements JobCommand {}

    /// A worker is gone: what it held is lost and queued at once.
    record LoseWorker(NodeId worker, long incarnation, String reason) implements JobCommand {
        public LoseWorker {
            reason = Utf8.cut(reason, JobLimits.MAX_MESSAGE_BYTES);
        }
    }

    /// A worker that drained has left: it owes nothing, and nothing is lost with it.
    record LeaveWorker(NodeId worker, long incarnation, String reason) implements JobCommand {
        public LeaveWorker {
            reason = Utf8.cut(reason, JobLimits.MAX_MESSAGE_BYTES);
        }
    }

    /// Changes how a queue is served.
    record ConfigureQueue(String queue, QueueSettings settings) implements JobCommand {
        public ConfigureQueue {
            FieldRules.name("queue", queue);
        }
    }
}
