package io.muster.jobs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes in new jobs: all of a command or none.
final class JobSubmission {
    /// When room may have come free again, for limits that finishing work relieves.
    private static final long RETRY_AFTER_MILLIS = 1_000;

    private final JobIndexes indexes;
    private final Transitions transitions;

    JobSubmission(JobIndexes indexes, Transitions transitions) {
        this.indexes = indexes;
        this.transitions = transitions;
    }

    JobReply submit(CommandOrigin origin, JobCommand.Submit submit) {
        if (origin.idempotencyKey().isEmpty()) {
            JobReply.Full full = roomFor(submit);
            return full != null ? full : new JobReply.Submitted(admitAll(submit));
        }
        Idempotency.Entry request = Idempotency.request(origin, indexes.now().elapsedMicros());
        Idempotency.Entry before = indexes.idempotency.find(request);
        if (before != null) {
            return before.isSameRequest(request)
                    ? new JobReply.Submitted(before.answer().all())
                    : new JobReply.KeyConflict(origin.idempotencyKey());
        }
        JobReply.Full full = roomFor(submit);
        if (full != null) {
            return full;
        }
        long wait = indexes.idempotency.makeRoom(
                origin.principal(), submit.jobs().size(), indexes.now().elapsedMicros());
        if (wait > 0) {
            return noRoomForKey(wait);
        }
        var receipts = admitAll(submit);
        indexes.idempotency.remember(request.answeredWith(Receipts.of(receipts)));
        return new JobReply.Submitted(receipts);
    }

    private List<JobReply.Receipt> admitAll(JobCommand.Submit submit) {
        var receipts = new ArrayList<JobReply.Receipt>(submit.jobs().size());
        // Nearly all jobs of a command begin alike: a million of them do not hold a million copies of that.
        var queued = Job.Facts.initial(new JobState.Queued(indexes.now().micros()));
        for (JobSpec spec : submit.jobs()) {
            Job live = indexes.uniqueKeys.holder(spec);
            receipts.add(
                    live == null
                            ? new JobReply.Receipt(admit(spec, queued), JobReply.Deduplication.NEW)
                            : new JobReply.Receipt(live.id, JobReply.Deduplication.ALREADY_LIVE));
        }
        return receipts;
    }

    private JobId admit(JobSpec spec, Job.Facts queued) {
        long now = indexes.now().micros();
        Job.Facts initial = spec.delayMillis() == 0
                ? queued
                : Job.Facts.initial(new JobState.Scheduled(now + spec.delayMillis() * 1_000, JobState.Delay.ASKED));
        var job = new Job(indexes.entry.nextJobId(), indexes.lanes.join(LaneKey.of(spec)), spec, now, initial);
        transitions.admit(job);
        return job.id;
    }

    /// What there is no room for, or null. Jobs that turn out to be live already are counted too: the answer does not
    /// have to be exact at the limit, only never to be passed.
    private JobReply.@Nullable Full roomFor(JobCommand.Submit submit) {
        int jobs = submit.jobs().size();
        if (indexes.jobs.size() + jobs > JobLimits.MAX_JOBS) {
            return full("jobs in the ledger", JobLimits.MAX_JOBS);
        }
        if (jobs > indexes.entry.freeJobIds()) {
            return full("jobs submitted by one log entry", JobId.MAX_PER_ENTRY);
        }
        long payload = indexes.jobs.bytes();
        Set<LaneKey> newLanes = new HashSet<>();
        Set<String> newQueues = new HashSet<>();
        for (JobSpec spec : submit.jobs()) {
            payload += spec.payload().size();
            LaneKey key = LaneKey.of(spec);
            if (!indexes.lanes.hasLane(key)) {
                newLanes.add(key);
            }
            if (indexes.lanes.queue(spec.queue()) == null) {
                newQueues.add(spec.queue());
            }
        }
        if (payload > JobLimits.MAX_PAYLOAD_TOTAL_BYTES) {
            return full("bytes of payload in the ledger", JobLimits.MAX_PAYLOAD_TOTAL_BYTES);
        }
        if (indexes.lanes.laneCount() + newLanes.size() > JobLimits.MAX_LANES) {
            return full("combinations of queue, type, labels, affinity and concurrency key", JobLimits.MAX_LANES);
        }
        return indexes.lanes.hasRoomForQueues(newQueues.size()) ? null : full("queues", JobLimits.MAX_QUEUES);
    }

    private static JobReply.Full noRoomForKey(long waitMicros) {
        return new JobReply.Full(
                "idempotency keys younger than " + JobLimits.IDEMPOTENCY_FLOOR_MICROS / 60_000_000 + " minutes",
                JobLimits.MAX_IDEMPOTENCY_KEYS,
                Math.max(RETRY_AFTER_MILLIS, (waitMicros + 999) / 1_000));
    }

    private static JobReply.Full full(String what, long limit) {
        return new JobReply.Full(what, limit, RETRY_AFTER_MILLIS);
    }
}
