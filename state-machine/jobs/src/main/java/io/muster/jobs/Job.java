package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A job in the ledger. It changes its state only through [Transitions#move].
final class Job {
    private static final LastRun NEVER_RAN = new LastRun.None();

    final JobId id;
    final JobSpec spec;
    final long submittedMicros;
    Lane lane;

    /// The line it waits in; null while it waits in none.
    @Nullable PriorityBucket line;

    int claims;
    int failures;
    int losses;

    /// On whom it was lost, each name once: a worker that fails again says nothing new about the job.
    final Set<NodeId> lostOn = new TreeSet<>();

    /// The last attempt whose report counted, so that the report's repetition is recognised; 0 for none.
    int reportedAttempt;

    String lastError = "";
    LastRun lastRun = NEVER_RAN;

    /// What the last run had reached; the next one is given it.
    Bytes checkpoint = Bytes.EMPTY;

    /// Whether it is a dead letter that has given up its payload.
    boolean isStripped;

    private JobState.InLedger state;

    Job(JobId id, Lane lane, JobSpec spec, long submittedMicros, JobState.InLedger initial) {
        this.id = id;
        this.lane = lane;
        this.spec = lane.key().share(spec);
        this.submittedMicros = submittedMicros;
        this.state = initial;
    }

    JobState.InLedger state() {
        return state;
    }

    /// Whether it was lost so often that it may be what kills its workers.
    boolean mustRunAlone() {
        return lostOn.size() >= JobLimits.SOLO_AFTER_WORKERS || losses >= JobLimits.SOLO_AFTER_LOSSES;
    }

    /// Called by [Transitions] alone, which keeps the indexes in step.
    void become(JobState.InLedger next) {
        state = next;
    }

    /// Bytes that it keeps in memory for others: its payload and its checkpoint.
    int weight() {
        return spec.payload().size() + checkpoint.size();
    }

    /// Notes in the claim how far the run has come.
    void checkpoint(Bytes content) {
        if (state instanceof JobState.Claimed(var claim)) {
            checkpoint = content;
            state = new JobState.Claimed(claim.withCheckpoint(content));
        }
    }

    /// The same dead letter without its payload and checkpoint.
    Job stripped() {
        var copy = new Job(id, lane, spec.withPayload(Bytes.EMPTY), submittedMicros, state);
        copy.claims = claims;
        copy.failures = failures;
        copy.losses = losses;
        copy.lostOn.addAll(lostOn);
        copy.reportedAttempt = reportedAttempt;
        copy.lastError = lastError;
        copy.lastRun = lastRun;
        copy.isStripped = true;
        return copy;
    }

    JobView view() {
        return new JobView(id, spec, state, submittedMicros, tries(), lastRun);
    }

    JobView.Tries tries() {
        return new JobView.Tries(claims, failures, losses, lastError);
    }
}
