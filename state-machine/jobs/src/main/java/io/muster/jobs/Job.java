package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.encoding.Utf8;
import io.muster.log.FencingToken;
import io.muster.log.NodeId;
import io.muster.log.Stamp;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A job in the ledger: what was asked for, where it stands, and what happened to it so far.
///
/// Its state, its lane and its bucket belong to the indexes, and change only together with them: in
/// [Transitions], [Lanes] and [PriorityBucket]. Everything else changes by a verb that says what
/// happened.
final class Job {
    private static final LastRun NEVER_RAN = new LastRun.None();

    final JobId id;
    final JobSpec spec;
    final long submittedMicros;
    private Lane lane;

    /// Null while it waits in none.
    private @Nullable PriorityBucket bucket;

    private Facts facts;

    /// Where the table of all jobs keeps its facts for the next snapshot; null while it is in none.
    private JobTable.@Nullable Page page;

    /// Where a job stands and what happened to it so far. It never changes, so that a snapshot can hold
    /// on to it.
    ///
    /// @param state where it stands
    /// @param tries how often it was claimed, failed and was lost
    /// @param lastRun the last run that has ended
    /// @param isStripped whether it is a dead letter that has given up its payload
    /// @param reportedAttempt the last attempt whose report counted, so that the report's repetition is
    ///     recognised; 0 for none
    /// @param checkpoint what the last run had reached; the next one is given it
    /// @param lostOn on whom it was lost, each name once, sorted: a worker that fails again says
    ///     nothing new about the job
    record Facts(
            JobState.InLedger state,
            JobView.Tries tries,
            LastRun lastRun,
            boolean isStripped,
            int reportedAttempt,
            Bytes checkpoint,
            List<NodeId> lostOn) {
        Facts {
            lostOn = List.copyOf(lostOn);
        }

        /// Those of a job to which nothing has happened yet.
        static Facts initial(JobState.InLedger state) {
            return new Facts(state, JobView.Tries.NONE, NEVER_RAN, false, 0, Bytes.EMPTY, List.of());
        }

        private Facts in(JobState.InLedger next) {
            return new Facts(next, tries, lastRun, isStripped, reportedAttempt, checkpoint, lostOn);
        }

        private Facts after(JobView.Tries next, List<NodeId> nextLostOn) {
            return new Facts(state, next, lastRun, isStripped, reportedAttempt, checkpoint, nextLostOn);
        }

        private Facts after(LastRun next) {
            return new Facts(state, tries, next, isStripped, reportedAttempt, checkpoint, lostOn);
        }

        private Facts reported(int attempt) {
            return new Facts(state, tries, lastRun, isStripped, attempt, checkpoint, lostOn);
        }

        private Facts reached(JobState.InLedger next, Bytes content) {
            return new Facts(next, tries, lastRun, isStripped, reportedAttempt, content, lostOn);
        }

        private Facts stripped() {
            return new Facts(state, tries, lastRun, true, reportedAttempt, Bytes.EMPTY, lostOn);
        }
    }

    Job(JobId id, Lane lane, JobSpec spec, long submittedMicros, Facts facts) {
        this.id = id;
        this.lane = lane;
        this.spec = lane.share(spec);
        this.submittedMicros = submittedMicros;
        this.facts = facts;
    }

    Facts facts() {
        return facts;
    }

    private void note(Facts next) {
        facts = next;
        if (page != null) {
            page.note(this);
        }
    }

    /// Called by [JobTable] alone.
    void standIn(JobTable.@Nullable Page next) {
        page = next;
    }

    JobState.InLedger state() {
        return facts.state;
    }

    /// Called by [Transitions] alone.
    void become(JobState.InLedger next) {
        note(facts.in(next));
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
        return facts.tries;
    }

    LastRun lastRun() {
        return facts.lastRun;
    }

    int reportedAttempt() {
        return facts.reportedAttempt;
    }

    boolean isStripped() {
        return facts.isStripped;
    }

    List<NodeId> lostOn() {
        return facts.lostOn;
    }

    /// Whether it was lost so often that it may be what kills its workers: it runs alone from here on.
    boolean isQuarantined() {
        return lostOn().size() >= JobLimits.QUARANTINE_AFTER_WORKERS
                || tries().losses() >= JobLimits.QUARANTINE_AFTER_LOSSES;
    }

    /// Whether it was lost so often that it is given up.
    boolean isLostTooOften() {
        return lostOn().size() >= JobLimits.DEAD_AFTER_WORKERS || tries().losses() >= JobLimits.DEAD_AFTER_LOSSES;
    }

    /// Bytes that it keeps in memory for others: its payload and its checkpoint.
    int weight() {
        return spec.payload().size() + facts.checkpoint.size();
    }

    /// It is given to `worker`: its next claim.
    Claim claimed(Worker worker, FencingToken fence, Stamp now) {
        note(facts.after(tries().claimed(), lostOn()));
        return new Claim(
                worker.id,
                worker.incarnation,
                tries().claims(),
                fence,
                now.micros(),
                now.elapsedMicros() + spec.timeoutMillis() * 1_000,
                facts.checkpoint);
    }

    /// Its run has come as far as `content` says. Called by [JobTable], which counts its bytes.
    void reached(Bytes content) {
        if (state() instanceof JobState.Claimed(var claim)) {
            note(facts.reached(new JobState.Claimed(claim.withCheckpoint(content)), content));
        }
    }

    /// A report of `attempt` counted.
    void reported(int attempt) {
        note(facts.reported(attempt));
    }

    /// A run of it failed.
    void failed(String message) {
        note(facts.after(tries().failed(message), lostOn()));
    }

    /// Its worker was lost under it.
    void lost(NodeId worker, String message) {
        var names = new TreeSet<>(lostOn());
        names.add(worker);
        note(facts.after(tries().lost(Utf8.cut(message, JobLimits.MAX_MESSAGE_BYTES)), List.copyOf(names)));
    }

    /// The run under `claim` is over.
    void ran(Claim claim) {
        note(facts.after(new LastRun.By(claim.worker(), claim.attempt(), claim.fence(), claim.sinceMicros())));
    }

    /// Somebody retries it by hand: its failures and losses do not count any more.
    void forgiven() {
        note(facts.after(tries().forgiven(), List.of()));
    }

    /// The same dead letter without its payload and checkpoint.
    Job stripped() {
        return new Job(id, lane, spec.withPayload(Bytes.EMPTY), submittedMicros, facts.stripped());
    }

    JobView view() {
        return new JobView(id, spec, state(), submittedMicros, tries(), lastRun());
    }
}
