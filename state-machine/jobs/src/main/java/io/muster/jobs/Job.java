package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.encoding.Utf8;
import io.muster.log.FencingToken;
import io.muster.log.NodeId;
import io.muster.log.Stamp;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A job in the ledger: what was asked for, where it stands, and what happened to it so far.
///
/// Its state, its lane and its bucket belong to the indexes, and change only together with them: in [Transitions],
/// [Lanes] and [PriorityBucket]. Everything else changes by a verb that says what happened.
final class Job {
    private static final LastRun NEVER_RAN = new LastRun.None();

    final JobId id;
    final JobSpec spec;
    final long submittedMicros;
    private Lane lane;

    /// Null while it waits in none.
    private @Nullable PriorityBucket bucket;

    private JobState.InLedger state;
    private JobView.Tries tries = JobView.Tries.NONE;

    /// On whom it was lost, each name once: a worker that fails again says nothing new about the job.
    private final Set<NodeId> lostOn = new TreeSet<>();

    /// The last attempt whose report counted, so that the report's repetition is recognised; 0 for none.
    private int reportedAttempt;

    private LastRun lastRun = NEVER_RAN;

    /// What the last run had reached; the next one is given it.
    private Bytes checkpoint = Bytes.EMPTY;

    /// Whether it is a dead letter that has given up its payload.
    private boolean isStripped;

    /// What happened to a job so far, as a snapshot keeps it.
    ///
    /// @param tries how often it was claimed, failed and was lost
    /// @param lastRun the last run that has ended
    /// @param isStripped whether it is a dead letter that has given up its payload
    /// @param reportedAttempt the last attempt whose report counted; 0 for none
    /// @param checkpoint what the last run had reached
    /// @param lostOn on whom it was lost, each name once, sorted
    record Past(
            JobView.Tries tries,
            LastRun lastRun,
            boolean isStripped,
            int reportedAttempt,
            Bytes checkpoint,
            List<NodeId> lostOn) {}

    Job(JobId id, Lane lane, JobSpec spec, long submittedMicros, JobState.InLedger initial) {
        this.id = id;
        this.lane = lane;
        this.spec = lane.share(spec);
        this.submittedMicros = submittedMicros;
        this.state = initial;
    }

    JobState.InLedger state() {
        return state;
    }

    /// Called by [Transitions] alone.
    void become(JobState.InLedger next) {
        state = next;
    }

    Lane lane() {
        return lane;
    }

    /// It belongs to `next` from here on, having left its lane when it died.
    void rejoin(Lane next) {
        lane = next;
    }

    @Nullable PriorityBucket bucket() {
        return bucket;
    }

    /// Called by [PriorityBucket] alone.
    void waitIn(@Nullable PriorityBucket next) {
        bucket = next;
    }

    JobView.Tries tries() {
        return tries;
    }

    LastRun lastRun() {
        return lastRun;
    }

    int reportedAttempt() {
        return reportedAttempt;
    }

    boolean isStripped() {
        return isStripped;
    }

    Set<NodeId> lostOn() {
        return lostOn;
    }

    /// Whether it was lost so often that it may be what kills its workers: it runs alone from here on.
    boolean isQuarantined() {
        return lostOn.size() >= JobLimits.QUARANTINE_AFTER_WORKERS
                || tries.losses() >= JobLimits.QUARANTINE_AFTER_LOSSES;
    }

    /// Whether it was lost so often that it is given up.
    boolean isLostTooOften() {
        return lostOn.size() >= JobLimits.DEAD_AFTER_WORKERS || tries.losses() >= JobLimits.DEAD_AFTER_LOSSES;
    }

    /// Bytes that it keeps in memory for others: its payload and its checkpoint.
    int weight() {
        return spec.payload().size() + checkpoint.size();
    }

    /// It is given to `worker`: its next claim.
    Claim claimed(Worker worker, FencingToken fence, Stamp now) {
        tries = tries.claimed();
        return new Claim(
                worker.id,
                worker.incarnation,
                tries.claims(),
                fence,
                now.micros(),
                now.elapsedMicros() + spec.timeoutMillis() * 1_000,
                checkpoint);
    }

    /// Its run has come as far as `content` says. Called by [JobTable], which counts its bytes.
    void reached(Bytes content) {
        if (state instanceof JobState.Claimed(var claim)) {
            checkpoint = content;
            state = new JobState.Claimed(claim.withCheckpoint(content));
        }
    }

    /// A report of `attempt` counted.
    void reported(int attempt) {
        reportedAttempt = attempt;
    }

    /// A run of it failed.
    void failed(String message) {
        tries = tries.failed(message);
    }

    /// Its worker was lost under it.
    void lost(NodeId worker, String message) {
        lostOn.add(worker);
        tries = tries.lost(Utf8.cut(message, JobLimits.MAX_MESSAGE_BYTES));
    }

    /// The run under `claim` is over.
    void ran(Claim claim) {
        lastRun = new LastRun.By(claim.worker(), claim.attempt(), claim.fence(), claim.sinceMicros());
    }

    /// Somebody retries it by hand: its failures and losses do not count any more.
    void forgiven() {
        tries = tries.forgiven();
        lostOn.clear();
    }

    /// The same dead letter without its payload and checkpoint.
    Job stripped() {
        var copy = new Job(id, lane, spec.withPayload(Bytes.EMPTY), submittedMicros, state);
        copy.restore(new Past(tries, lastRun, true, reportedAttempt, Bytes.EMPTY, List.copyOf(lostOn)));
        return copy;
    }

    Past past() {
        return new Past(tries, lastRun, isStripped, reportedAttempt, checkpoint, List.copyOf(lostOn));
    }

    /// Gives a job that was just made the past that it had.
    void restore(Past past) {
        tries = past.tries();
        lastRun = past.lastRun();
        isStripped = past.isStripped();
        reportedAttempt = past.reportedAttempt();
        checkpoint = past.checkpoint();
        lostOn.addAll(past.lostOn());
    }

    JobView view() {
        return new JobView(id, spec, state, submittedMicros, tries, lastRun);
    }
}
