package io.muster.jobs;

import io.muster.encoding.Invariant;
import java.util.ArrayDeque;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The waiting jobs of one lane and one priority, oldest first.
///
/// Nearly all jobs come in the order of their ids and leave from the front: those stand in an array, where a million
/// cost no more than ten. The few that come back (retried, lost, released) keep their age and stand in a tree beside
/// it. A job called off in the middle stays as a gap until the front or a sweep reaches it.
final class PriorityBucket {
    /// Fewer gaps than this are not worth a sweep.
    private static final int MIN_SWEEP = 64;

    private final ArrayDeque<Job> arrivals = new ArrayDeque<>();
    private final TreeMap<JobId, Job> returned = new TreeMap<>();
    private int gaps;

    /// The id of the oldest, kept here so that comparing buckets does not touch the jobs themselves: behind a million
    /// others they are seldom in the processor's cache.
    private long frontId;

    long frontId() {
        return frontId;
    }

    void add(Job job) {
        Invariant.check(job.bucket() == null, "a job waits in one bucket");
        job.waitIn(this);
        Job last = arrivals.peekLast();
        if (last == null || last.id.compareTo(job.id) < 0) {
            arrivals.addLast(job);
        } else {
            returned.put(job.id, job);
        }
        noteFront();
    }

    void remove(Job job) {
        Invariant.check(job.bucket() == this, "a job leaves the bucket it waits in");
        job.waitIn(null);
        if (returned.remove(job.id) == null) {
            gaps++;
            closeGaps();
        }
        noteFront();
    }

    boolean isEmpty() {
        return arrivals.isEmpty() && returned.isEmpty();
    }

    /// The oldest of them, or null.
    @Nullable Job oldest() {
        Job arrival = arrivals.peekFirst();
        if (returned.isEmpty()) {
            return arrival;
        }
        Job back = returned.firstEntry().getValue();
        return arrival == null || back.id.compareTo(arrival.id) < 0 ? back : arrival;
    }

    /// The front is never a gap, so that [#oldest] and [#isEmpty] need not look further.
    private void closeGaps() {
        while (!arrivals.isEmpty() && arrivals.peekFirst().bucket() != this) {
            arrivals.pollFirst();
            gaps--;
        }
        if (gaps >= MIN_SWEEP && gaps > arrivals.size() / 2) {
            arrivals.removeIf(each -> each.bucket() != this);
            gaps = 0;
        }
    }

    private void noteFront() {
        Job oldest = oldest();
        frontId = oldest == null ? Long.MAX_VALUE : oldest.id.value();
    }
}
