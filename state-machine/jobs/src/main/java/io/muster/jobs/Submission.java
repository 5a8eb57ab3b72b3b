package io.muster.jobs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes in new jobs: all of a command or none.
final class Submission {
    /// When room may have come free again, for limits that finishing work relieves.
    private static final long RETRY_AFTER_MILLIS = 1_000;

    private final Books books;
    private final Transitions transitions;

    Submission(Books books, Transitions transitions) {
        this.books = books;
        this.transitions = transitions;
    }

    JobReply submit(Origin origin, JobCommand.Submit submit) {
        if (origin.idempotencyKey().isEmpty()) {
            JobReply.Full full = roomFor(submit);
            return full != null ? full : new JobReply.Submitted(admitAll(submit));
        }
        Idempotency.Entry request = Idempotency.request(origin, books.now.elapsedMicros());
        Idempotency.Entry before = books.idempotency.find(request);
        if (before != null) {
            return before.isSameRequest(request)
                    ? new JobReply.Submitted(before.answer().all())
                    : new JobReply.KeyConflict(origin.idempotencyKey());
        }
        JobReply.Full full = roomFor(submit);
        if (full != null) {
            return full;
        }
        long wait = books.idempotency.makeRoom(origin.principal(), submit.jobs().size(), books.now.elapsedMicros());
        if (wait > 0) {
            return noRoomForKey(wait);
        }
        var receipts = admitAll(submit);
        books.idempotency.remember(request.answeredWith(Receipts.of(receipts)));
        return new JobReply.Submitted(receipts);
    }

    private List<JobReply.Receipt> admitAll(JobCommand.Submit submit) {
        var receipts = new ArrayList<JobReply.Receipt>(submit.jobs().size());
        for (JobSpec spec : submit.jobs()) {
            Job live = spec.uniqueKey().isEmpty() ? null : books.unique.get(spec.uniqueKey());
            receipts.add(
                    live == null
                            ? new JobReply.Receipt(admit(spec), JobReply.Novelty.NEW)
                            : new JobReply.Receipt(live.id, JobReply.Novelty.ALREADY_LIVE));
        }
        return receipts;
    }

    private JobId admit(JobSpec spec) {
        long now = books.now.micros();
        JobState initial = spec.delayMillis() == 0
                ? new JobState.Queued(now)
                : new JobState.Scheduled(now + spec.delayMillis() * 1_000, JobState.Delay.ASKED);
        var job = new Job(books.nextJobId(), books.lanes.join(LaneKey.of(spec)), spec, now, initial);
        transitions.admit(job);
        return job.id;
    }

    /// What there is no room for, or null. Jobs that turn out to be live already are counted too: the answer does not
    /// have to be exact at the limit, only never to be passed.
    private JobReply.@Nullable Full roomFor(JobCommand.Submit submit) {
        int jobs = submit.jobs().size();
        if (books.jobs.size() + jobs > JobLimits.MAX_JOBS) {
            return full("jobs in the ledger", JobLimits.MAX_JOBS);
        }
        if (jobs > books.freeJobIds()) {
            return full("jobs submitted by one log entry", JobId.MAX_PER_ENTRY);
        }
        long payload = books.payloadBytes;
        Set<LaneKey> newLanes = new HashSet<>();
        Set<String> newQueues = new HashSet<>();
        for (JobSpec spec : submit.jobs()) {
            payload += spec.payload().size();
            LaneKey key = LaneKey.of(spec);
            if (!books.lanes.hasLane(key)) {
                newLanes.add(key);
            }
            if (books.lanes.queue(spec.queue()) == null) {
                newQueues.add(spec.queue());
            }
        }
        if (payload > JobLimits.MAX_PAYLOAD_TOTAL_BYTES) {
            return full("bytes of payload in the ledger", JobLimits.MAX_PAYLOAD_TOTAL_BYTES);
        }
        if (books.lanes.laneCount() + newLanes.size() > JobLimits.MAX_LANES) {
            return full("combinations of queue, type, labels, affinity and concurrency key", JobLimits.MAX_LANES);
        }
        return books.lanes.hasRoomForQueues(newQueues.size()) ? null : full("queues", JobLimits.MAX_QUEUES);
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
