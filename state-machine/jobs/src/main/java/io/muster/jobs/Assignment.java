package io.muster.jobs;

import io.muster.encoding.Invariant;
import io.muster.encoding.InvariantViolation;
import org.jspecify.annotations.Nullable;

/// Gives waiting jobs to free slots.
///
/// Each step gives a job out, so a run costs no more than the slots that are filled, however many jobs and lanes wait;
/// with no free slot it costs nothing ([WaitingPools]).
final class Assignment {
    private final JobIndexes indexes;
    private final Transitions transitions;
    private final Quarantine quarantine;

    Assignment(JobIndexes indexes, Transitions transitions) {
        this.indexes = indexes;
        this.transitions = transitions;
        this.quarantine = new Quarantine(indexes);
    }

    void run() {
        giveOutQuarantined();
        WaitingPools waiting = indexes.lanes.pools.waiting;
        for (Job job = waiting.next(); job != null; job = waiting.next()) {
            JobQueue queue = job.lane().queue();
            claim(job, job.lane().pool().best(job.lane().key().affinity()));
            indexes.lanes.charge(queue);
        }
    }

    /// Quarantined jobs go first: they are old, and an idle worker is rare.
    private void giveOutQuarantined() {
        quarantine.checkReservation();
        for (Quarantine.Pairing match = quarantine.next(); match != null; match = quarantine.next()) {
            claim(match.job(), match.worker());
            quarantine.checkReservation();
        }
        quarantine.reserve();
    }

    private void claim(Job job, @Nullable Worker worker) {
        if (worker == null) {
            throw new InvariantViolation("a pool with a free slot has a worker for its next job");
        }
        Invariant.check(worker.isTaking(), "a claim is given to a worker that takes work");
        Claim claim = job.claimed(worker, indexes.entry.nextFence(), indexes.now());
        transitions.move(job, new JobState.Claimed(claim), JobEvent.Cause.CLAIMED);
    }
}
