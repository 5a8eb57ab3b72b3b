package io.muster.jobs;

import io.muster.log.FencingToken;
import io.muster.log.Stamp;

/// The log entry being applied, or the last one, and how many jobs and claims it made so far.
final class EntryCursor {
    private Stamp now = Stamp.ZERO;
    private int jobs;
    private int claims;

    Stamp now() {
        return now;
    }

    int jobs() {
        return jobs;
    }

    int claims() {
        return claims;
    }

    /// Goes on to the entry, or the later act of the same entry, at `stamp`.
    void enter(Stamp stamp) {
        if (stamp.index() != now.index()) {
            jobs = 0;
            claims = 0;
        }
        now = stamp;
    }

    /// How many more jobs this entry can submit.
    int freeJobIds() {
        return JobId.MAX_PER_ENTRY - jobs;
    }

    JobId nextJobId() {
        return JobId.of(now.index(), jobs++);
    }

    /// The fencing token of the next claim: unique among all claims of this entry, its follow-ups included.
    FencingToken nextFence() {
        return now.withOrdinal(claims++).fence();
    }

    /// Goes on where a snapshot was taken.
    void restore(Stamp stamp, int jobsSoFar, int claimsSoFar) {
        now = stamp;
        jobs = jobsSoFar;
        claims = claimsSoFar;
    }
}
