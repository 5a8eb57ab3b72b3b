package io.muster.jobs;

import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.Stamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All jobs and workers of the cluster: a deterministic function of the log.
///
/// For each log entry the state machine calls, in this order: [#advance] once, [#apply] for the entry's command and
/// for each follow-up, [#assign] once. One thread owns the ledger; reads happen on it too.
public final class JobLedger {
    /// How many jobs become due in one entry at most, so that no single apply takes long; the rest follow in the next,
    /// which [#isDueAt] asks for at once.
    static final int MAX_DUE = 10_000;

    private final Books books;
    private final JobEvents events;
    private final Transitions transitions;
    private final Submission submission;
    private final Endings endings;
    private final Interventions interventions;
    private final Attendance attendance;
    private final Assignment assignment;

    /// An empty ledger that tells `events` what happens.
    public JobLedger(JobEvents events) {
        this(new Books(), events);
    }

    JobLedger(Books books, JobEvents events) {
        this.books = books;
        this.events = events;
        transitions = new Transitions(books, events);
        submission = new Submission(books, transitions);
        endings = new Endings(books, transitions);
        interventions = new Interventions(books, transitions);
        attendance = new Attendance(books, endings, events);
        assignment = new Assignment(books, transitions);
    }

    /// Brings the ledger to the entry at `stamp`: what is due by its instant happens now.
    public void advance(Stamp stamp) {
        books.enter(stamp);
        books.idempotency.expire(stamp.elapsedMicros());
        books.outcomes.expire(stamp.elapsedMicros());
        books.workers.endProbations(stamp.elapsedMicros());
        books.workers.forgetGone(stamp.micros());
        Job job = books.timers.due(stamp.time());
        for (int i = 0; job != null && i < MAX_DUE; i++) {
            if (job.state() instanceof JobState.Scheduled) {
                transitions.move(job, new JobState.Queued(stamp.micros()), JobEvent.Cause.DUE);
            } else {
                endings.expire(job);
            }
            job = books.timers.due(stamp.time());
        }
    }

    /// Carries out a command that stands at `stamp`.
    public JobReply apply(Stamp stamp, Origin origin, JobCommand command) {
        books.enter(stamp);
        return switch (command) {
            case JobCommand.Submit submit -> submission.submit(origin, submit);
            case JobCommand.Cancel(var jobs) -> interventions.cancel(jobs);
            case JobCommand.Retry(var jobs) -> interventions.retry(jobs);
            case JobCommand.Purge(var jobs) -> interventions.purge(jobs);
            case JobCommand.Bulk bulk -> interventions.bulk(bulk);
            case JobCommand.ReportWork report -> new JobReply.Reported(endings.report(report));
            case JobCommand.JoinWorker join -> attendance.join(join);
            case JobCommand.ChangeWorker change -> attendance.change(change);
            case JobCommand.SuspendWorker(var worker, var incarnation) ->
                attendance.stand(worker, incarnation, WorkerStanding.SUSPENDED, "");
            case JobCommand.ResumeWorker(var worker, var incarnation) ->
                attendance.stand(worker, incarnation, WorkerStanding.ACTIVE, "");
            case JobCommand.LoseWorker(var worker, var incarnation, var reason) ->
                attendance.stand(worker, incarnation, WorkerStanding.LOST, reason);
            case JobCommand.LeaveWorker(var worker, var incarnation, var reason) ->
                attendance.stand(worker, incarnation, WorkerStanding.LEFT, reason);
            case JobCommand.ConfigureQueue configure -> configure(configure);
        };
    }

    /// Gives waiting jobs to free slots. Called once at the end of each entry, whatever the entry was.
    public void assign(Stamp stamp) {
        books.enter(stamp);
        assignment.run();
    }

    /// Says who leads from here in the log on.
    public void leaderChanged(NodeId leader) {
        books.workers.leader(leader);
    }

    /// Whether something must happen by itself at log time `time`. Expiring keys and outcome records
    /// are not among it: nobody sees them go before the next entry, so an idle cluster need not write for them.
    public boolean isDueAt(LogTime time) {
        return books.timers.due(time) != null || books.workers.hasProbationToEnd(time.elapsedMicros());
    }

    /// The job of that id, if it is in the ledger.
    public Optional<JobView> find(JobId id) {
        return Optional.ofNullable(books.job(id)).map(Job::view);
    }

    /// How a job ended, if that is still remembered; dead letters are found here and by [#find].
    public Optional<OutcomeRecord> outcome(JobId id) {
        return Optional.ofNullable(books.outcomes.find(id));
    }

    /// Whether a job that was dead since `finishedMicros` and is not in the ledger any more gave way to newer dead
    /// letters: their room is full, all that are kept are younger, and nothing became of it since.
    public boolean gaveWay(JobId id, long finishedMicros) {
        boolean isFull = books.deadLetters.size() >= JobLimits.MAX_LISTED_DEAD_LETTERS;
        var last = books.outcomes.find(id);
        return isFull
                && books.job(id) == null
                && id.compareTo(books.deadLetters.firstKey()) < 0
                && (last == null || last.finishedMicros() == finishedMicros);
    }

    /// A finished job that stands in the open history block.
    public Optional<FinishedJob> findInOpenBlock(JobId id) {
        return Optional.ofNullable(books.history.find(id));
    }

    /// The finished jobs of the open history block, in the order in which they finished.
    public List<FinishedJob> openBlock() {
        return books.history.open();
    }

    /// The number that the open history block will have.
    public long openBlockNumber() {
        return books.history.openNumber();
    }

    /// The history blocks that were closed since the last call; whoever drives the ledger stores them.
    public List<HistoryBlock> takeClosedBlocks() {
        return books.history.takeClosed();
    }

    /// A page of the jobs that `filter` shows, by id, behind `after`.
    public JobPage page(JobFilter filter, JobId after, int limit) {
        return new Listings(books).page(filter, after, limit);
    }

    /// All queues that were ever used or configured, by name; at most [JobLimits#MAX_QUEUES], those used last.
    public List<QueueView> queues() {
        return new Listings(books).queues();
    }

    /// All workers, by name; those lost within a day and those that left within an hour included, at most
    /// [JobLimits#MAX_GONE_WORKERS] of each.
    public List<WorkerView> workers() {
        return new Listings(books).workers();
    }

    /// The worker of that name.
    public Optional<WorkerView> worker(NodeId id) {
        return Optional.ofNullable(books.workers.find(id)).map(Listings::view);
    }

    /// Whether `count` further jobs of the queue, type and demands of `like`, of at most `payloadBytes` bytes together,
    /// would be taken in by this entry. A follow-up of many jobs asks before it begins, so that it happens whole.
    public boolean hasRoomFor(JobSpec like, int count, long payloadBytes) {
        boolean needsLane = !books.lanes.hasLane(LaneKey.of(like));
        boolean needsQueue = books.lanes.queue(like.queue()) == null;
        return books.jobs.size() + count <= JobLimits.MAX_JOBS
                && count <= books.freeJobIds()
                && books.payloadBytes + payloadBytes <= JobLimits.MAX_PAYLOAD_TOTAL_BYTES
                && books.lanes.laneCount() + (needsLane ? 1 : 0) <= JobLimits.MAX_LANES
                && books.lanes.hasRoomForQueues(needsQueue ? 1 : 0);
    }

    /// Whether a process `incarnation` that wants to join as `worker` would end another that works, shortly after such
    /// a thing happened before: then two processes quarrel over a name, each started again by its supervisor.
    public boolean isContested(NodeId worker, long incarnation) {
        Worker known = books.workers.find(worker);
        return known != null
                && known.standing == WorkerStanding.ACTIVE
                && known.incarnation != incarnation
                && known.offer().intake() == Offer.Intake.OPEN
                && known.takeoverElapsedMicros > 0
                && books.now.elapsedMicros() - known.takeoverElapsedMicros < JobLimits.TAKEOVER_WINDOW_MICROS;
    }

    /// Jobs by state: live and dead ones as they stand, succeeded and cancelled ones since the cluster began.
    public Map<JobState.Kind, Long> counts() {
        return books.tally.view();
    }

    /// What has happened so far, for monitoring.
    public JobFigures figures() {
        return books.figures.view();
    }

    /// Counts results that a worker was told come too late. It is for [#figures] alone: the log knows nothing of it.
    public void noteRefusedResults(int count) {
        books.figures.refusedResults += count;
    }

    /// Why a job does not run.
    public Explanation explain(JobId id) {
        return new Explanations(books).explain(id);
    }

    /// What waiting jobs wait for in vain, such as a handler that no worker has; what most wait for comes first. It
    /// looks at lanes, of which there are at most [JobLimits#MAX_LANES], whatever the number of jobs.
    public List<Stall> stalls() {
        return new Stalls(books).all();
    }

    /// What the job of that id waits for in vain, if it is queued and nothing can run it as the cluster stands.
    public Optional<Stall.Missing> missing(JobId id) {
        Job job = books.job(id);
        return job != null && job.state() instanceof JobState.Queued
                ? Optional.ofNullable(books.missing(job.lane))
                : Optional.empty();
    }

    /// What separates a worker's view from the ledger's.
    public Difference difference(Holding holding) {
        return new Exchange(books, endings).difference(holding);
    }

    /// A fingerprint of every move so far: equal on two nodes exactly if they made the same moves.
    public long digest() {
        return books.digest;
    }

    Books books() {
        return books;
    }

    private JobReply configure(JobCommand.ConfigureQueue configure) {
        boolean isNew = books.lanes.queue(configure.queue()) == null;
        if (isNew && !books.lanes.hasRoomForQueues(1)) {
            return new JobReply.Full("queues", JobLimits.MAX_QUEUES, 60_000);
        }
        books.lanes.configure(books.lanes.queueOrNew(configure.queue()), configure.settings());
        events.happened(new JobEvent.QueueChanged(configure.queue(), configure.settings()));
        return new JobReply.Done();
    }
}
