package io.muster.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What people and programs do to jobs from outside: call off, try again, throw away; by id, or all that a filter
/// shows.
final class Interventions {
    private final JobIndexes indexes;
    private final Transitions transitions;

    Interventions(JobIndexes indexes, Transitions transitions) {
        this.indexes = indexes;
        this.transitions = transitions;
    }

    JobReply cancel(List<JobId> ids) {
        return each(ids, this::cancel);
    }

    JobReply retry(List<JobId> ids) {
        return each(ids, this::retry);
    }

    JobReply purge(List<JobId> ids) {
        return each(ids, this::purge);
    }

    /// Takes one slice. A slice changes at most `limit` jobs and looks at no more than [JobLimits#MAX_SCAN], so that
    /// the one thread that owns the state is held for milliseconds however many jobs the filter shows.
    JobReply bulk(JobCommand.Bulk bulk) {
        JobId before = bulk.before();
        JobId firstOfEntry = JobId.of(indexes.now().index(), 0);
        before = before.compareTo(firstOfEntry) < 0 ? before : firstOfEntry;
        var slice = new Listings(indexes).slice(bulk.act(), bulk.filter(), bulk.after(), before, bulk.limit());
        int done = 0;
        for (Job job : slice.jobs()) {
            done += carryOut(bulk.act(), job.id) == JobReply.ChangeResult.DONE ? 1 : 0;
        }
        return new JobReply.Swept(done, slice.jobs().size() - done, slice.next(), before);
    }

    private JobReply.ChangeResult carryOut(JobCommand.BulkAct act, JobId id) {
        return switch (act) {
            case CANCEL -> cancel(id);
            case RETRY -> retry(id);
            case PURGE -> purge(id);
        };
    }

    private JobReply.ChangeResult cancel(JobId id) {
        Job job = indexes.job(id);
        if (job == null) {
            return JobReply.ChangeResult.NOT_IN_LEDGER;
        }
        if (!job.state().kind().allows(JobCommand.BulkAct.CANCEL)) {
            return JobReply.ChangeResult.WRONG_STATE;
        }
        transitions.move(job, new JobState.Cancelled(), JobEvent.Cause.CANCELLED);
        return JobReply.ChangeResult.DONE;
    }

    private JobReply.ChangeResult retry(JobId id) {
        Job job = indexes.job(id);
        if (job == null) {
            return JobReply.ChangeResult.NOT_IN_LEDGER;
        }
        if (!job.state().kind().allows(JobCommand.BulkAct.RETRY)) {
            return JobReply.ChangeResult.WRONG_STATE;
        }
        if (job.isStripped()) {
            return JobReply.ChangeResult.GIVEN_UP;
        }
        if (indexes.uniqueKeys.holder(job.spec) != null) {
            return JobReply.ChangeResult.KEY_TAKEN;
        }
        boolean needsLane = !indexes.lanes.hasLane(job.lane().key());
        if (needsLane && indexes.lanes.laneCount() >= JobLimits.MAX_LANES) {
            return JobReply.ChangeResult.NO_ROOM;
        }
        job.forgiven();
        transitions.move(job, new JobState.Queued(indexes.now().micros()), JobEvent.Cause.RETRIED);
        return JobReply.ChangeResult.DONE;
    }

    private JobReply.ChangeResult purge(JobId id) {
        Job job = indexes.job(id);
        if (job == null) {
            return JobReply.ChangeResult.NOT_IN_LEDGER;
        }
        if (!job.state().kind().allows(JobCommand.BulkAct.PURGE)) {
            return JobReply.ChangeResult.WRONG_STATE;
        }
        transitions.drop(job);
        return JobReply.ChangeResult.DONE;
    }

    private static JobReply each(List<JobId> ids, Function<JobId, JobReply.ChangeResult> change) {
        var changes = new ArrayList<JobReply.ChangeResult>(ids.size());
        for (JobId id : ids) {
            changes.add(change.apply(id));
        }
        return new JobReply.Changed(changes);
    }
}
