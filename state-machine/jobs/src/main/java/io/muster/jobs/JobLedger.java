package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.encoding.InvariantViolation;
import io.muster.log.CommandKind;
import io.muster.log.Envelope;
import io.muster.log.FrozenSection;
import io.muster.log.Ledger;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.ReplyCodec;
import io.muster.log.Stamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All jobs and workers of the cluster: a deterministic function of the log.
///
/// For each log entry the state machine calls, in this order: [#advance] once, [#apply] for the entry's command and
/// for each follow-up, [#settle] once. One thread owns the ledger; reads happen on it too.
public final class JobLedger implements Ledger<JobCommand> {
    /// How many jobs become due in one entry at most, so that no single apply takes long; the rest follow in the next,
    /// which [#isDueAt] asks for at once.
    static final int MAX_DUE = 10_000;

    private final JobIndexes indexes;
    private final JobEvents events;
    private final Transitions transitions;
    private final JobSubmission submission;
    private final RunCompletion completion;
    private final Interventions interventions;
    private final WorkerRegistry registry;
    private final Assignment assignment;

    /// An empty ledger that tells `events` what happens.
    public JobLedger(JobEvents events) {
        this(new JobIndexes(), events);
    }

    JobLedger(JobIndexes indexes, JobEvents events) {
        this.indexes = indexes;
        this.events = events;
        transitions = new Transitions(indexes, events);
        submission = new JobSubmission(indexes, transitions);
        completion = new RunCompletion(indexes, transitions);
        interventions = new Interventions(indexes, transitions);
        registry = new WorkerRegistry(indexes, completion, events);
        assignment = new Assignment(indexes, transitions);
    }

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public List<CommandKind<JobCommand>> kinds() {
        return JobCommands.KINDS;
    }

    @Override
    public void advance(Stamp stamp) {
        indexes.entry.enter(stamp);
        indexes.idempotency.expire(stamp.elapsedMicros());
        indexes.outcomes.expire(stamp.elapsedMicros());
        indexes.workers.endProbations(stamp.elapsedMicros());
        indexes.workers.forgetGone(stamp.micros());
        Job job = indexes.timers.due(stamp.time());
        for (int i = 0; job != null && i < MAX_DUE; i++) {
            switch (job.state()) {
                case JobState.Unclaimed _ ->
                    transitions.move(job, new JobState.Queued(stamp.micros()), JobEvent.Cause.DUE);
                case JobState.Claimed _ -> completion.expire(job);
                case JobState.Dead _ -> throw new InvariantViolation("a dead letter waits for nothing");
            }
            job = indexes.timers.due(stamp.time());
        }
    }

    @Override
    public JobReply apply(Stamp stamp, JobCommand command, Envelope envelope) {
        var origin = new CommandOrigin(envelope.principal(), envelope.idempotencyKey(), envelope.body());
        return apply(stamp, origin, command);
    }

    /// Carries out a command that stands at `stamp`, or follows from one that stands there.
    public JobReply apply(Stamp stamp, CommandOrigin origin, JobCommand command) {
        indexes.entry.enter(stamp);
        return switch (command) {
            case JobCommand.Submit submit -> submission.submit(origin, submit);
            case JobCommand.Cancel(var jobs) -> interventions.cancel(jobs);
            case JobCommand.Retry(var jobs) -> interventions.retry(jobs);
            case JobCommand.Purge(var jobs) -> interventions.purge(jobs);
            case JobCommand.Bulk bulk -> interventions.bulk(bulk);
            case JobCommand.ReportWork report -> new JobReply.Reported(completion.report(report));
            case JobCommand.JoinWorker join -> registry.join(join);
            case JobCommand.ChangeWorker change -> registry.change(change);
            case JobCommand.SuspendWorker(var worker, var incarnation) ->
                registry.changeState(worker, incarnation, WorkerState.SUSPENDED, "");
            case JobCommand.ResumeWorker(var worker, var incarnation) ->
                registry.changeState(worker, incarnation, WorkerState.ACTIVE, "");
            case JobCommand.LoseWorker(var worker, var incarnation, var reason) ->
                registry.changeState(worker, incarnation, WorkerState.LOST, reason);
            case JobCommand.LeaveWorker(var worker, var incarnation, var reason) ->
                registry.changeState(worker, incarnation, WorkerState.LEFT, reason);
            case JobCommand.ConfigureQueue configure -> configure(configure);
        };
    }

    /// Gives waiting jobs to free slots.
    @Override
    public void settle(Stamp stamp) {
        indexes.entry.enter(stamp);
        assignment.run();
    }

    @Override
    public void leaderChanged(NodeId leader) {
        indexes.workers.leader(leader);
    }

    /// Whether something must happen by itself at log time `time`. Expiring keys and outcome records
    /// are not among it: nobody sees them go before the next entry, so an idle cluster need not write for them.
    @Override
    public boolean isDueAt(LogTime time) {
        return indexes.timers.due(time) != null || indexes.workers.hasProbationToEnd(time.elapsedMicros());
    }

    /// The job of that id, if it is in the ledger.
    public Optional<JobView> find(JobId id) {
        return Optional.ofNullable(indexes.job(id)).map(Job::view);
    }

    /// How a job ended, if that is still remembered; dead letters are found here and by [#find].
    public Optional<OutcomeRecord> outcome(JobId id) {
        return Optional.ofNullable(indexes.outcomes.find(id));
    }

    /// Whether a job that was dead since `finishedMicros` and is not in the ledger any more gave way to newer dead
    /// letters: their room is full, all that are kept are younger, and nothing became of it since.
    public boolean gaveWay(JobId id, long finishedMicros) {
        boolean isFull = indexes.deadLetters.size() >= JobLimits.MAX_LISTED_DEAD_LETTERS;
        var last = indexes.outcomes.find(id);
        return isFull
                && indexes.job(id) == null
                && id.compareTo(indexes.deadLetters.firstKey()) < 0
                && (last == null || last.finishedMicros() == finishedMicros);
    }

    /// A finished job that stands in the open history block.
    public Optional<FinishedJob> findInOpenBlock(JobId id) {
        return Optional.ofNullable(indexes.history.find(id));
    }

    /// The finished jobs of the open history block, in the order in which they finished.
    public List<FinishedJob> openBlock() {
        return indexes.history.open();
    }

    /// The number that the open history block will have.
    public long openBlockNumber() {
        return indexes.history.openNumber();
    }

    /// The history blocks that were closed since the last call; the caller stores them.
    public List<HistoryBlock> takeClosedBlocks() {
        return indexes.history.takeClosed();
    }

    /// A page of the jobs that `filter` shows, by id, behind `after`.
    public JobSlice page(JobFilter filter, JobId after, int limit) {
        return new Listings(indexes).page(filter, after, limit);
    }

    /// All queues that were ever used or configured, by name; at most [JobLimits#MAX_QUEUES], those used last.
    public List<QueueView> queues() {
        return new Listings(indexes).queues();
    }

    /// All workers, by name; those lost within a day and those that left within an hour included, at most
    /// [JobLimits#MAX_GONE_WORKERS] of each.
    public List<WorkerView> workers() {
        return new Listings(indexes).workers();
    }

    /// The worker of that name.
    public Optional<WorkerView> worker(NodeId id) {
        return Optional.ofNullable(indexes.workers.find(id)).map(Listings::view);
    }

    /// Whether `count` further jobs of the queue, type and demands of `like`, of at most `payloadBytes` bytes together,
    /// would be taken in by this entry. A follow-up of many jobs asks before it begins, so that it happens whole.
    public boolean hasRoomFor(JobSpec like, int count, long payloadBytes) {
        boolean needsLane = !indexes.lanes.hasLane(LaneKey.of(like));
        boolean needsQueue = indexes.lanes.queue(like.queue()) == null;
        return indexes.jobs.size() + count <= JobLimits.MAX_JOBS
                && count <= indexes.entry.freeJobIds()
                && indexes.jobs.bytes() + payloadBytes <= JobLimits.MAX_PAYLOAD_TOTAL_BYTES
                && indexes.lanes.laneCount() + (needsLane ? 1 : 0) <= JobLimits.MAX_LANES
                && indexes.lanes.hasRoomForQueues(needsQueue ? 1 : 0);
    }

    /// Whether a process `incarnation` that wants to join as `worker` would end another that works, shortly after such
    /// a thing happened before: then two processes contend for a name, each started again by its supervisor.
    public boolean isContested(NodeId worker, long incarnation) {
        Worker known = indexes.workers.find(worker);
        return known != null
                && known.state == WorkerState.ACTIVE
                && known.incarnation != incarnation
                && known.capacity().intake() == Capacity.Intake.OPEN
                && known.takeoverElapsedMicros > 0
                && indexes.now().elapsedMicros() - known.takeoverElapsedMicros < JobLimits.TAKEOVER_WINDOW_MICROS;
    }

    /// Jobs by state: live and dead ones as they stand, succeeded and cancelled ones since the cluster began.
    public Map<JobState.Kind, Long> counts() {
        return indexes.counts.view();
    }

    /// What has happened so far, for monitoring.
    public JobMetrics metrics() {
        return indexes.metrics.view();
    }

    /// Counts results that a worker was told come too late. It is for [#metrics] alone: the log knows nothing of it.
    public void noteRefusedResults(int count) {
        indexes.metrics.refusedResults += count;
    }

    /// Why a job does not run, if it is in the ledger.
    public Optional<Explanation> explain(JobId id) {
        return new Explanations(indexes).explain(id);
    }

    /// What waiting jobs wait for in vain, such as a handler that no worker has; what most wait for comes first. It
    /// looks at lanes, of which there are at most [JobLimits#MAX_LANES], whatever the number of jobs.
    public List<Stall> stalls() {
        return new StallFinder(indexes).all();
    }

    /// What keeps the job of that id waiting in vain, if it is queued and nothing can run it as the cluster stands.
    public Optional<Obstacle.Lasting> lastingObstacle(JobId id) {
        Job job = indexes.job(id);
        return job != null && job.state() instanceof JobState.Queued
                ? Optional.ofNullable(indexes.lastingObstacle(job.lane()))
                : Optional.empty();
    }

    /// What separates a worker's view from the ledger's.
    public Delta delta(Inventory inventory) {
        return new Reconciliation(indexes, completion).delta(inventory);
    }

    /// A fingerprint of every move so far: equal on two nodes exactly if they made the same moves.
    @Override
    public long digest(int level) {
        return indexes.digest.value();
    }

    @Override
    public ReplyCodec replies() {
        return new JobReplyCodec();
    }

    @Override
    public FrozenSection freeze() {
        return new JobSection(indexes);
    }

    @Override
    public void fill(Iterable<Bytes> chunks) {
        JobSectionReader.fill(indexes, name(), chunks);
    }

    JobIndexes indexes() {
        return indexes;
    }

    private JobReply configure(JobCommand.ConfigureQueue configure) {
        boolean isNew = indexes.lanes.queue(configure.queue()) == null;
        if (isNew && !indexes.lanes.hasRoomForQueues(1)) {
            return new JobReply.Full("queues", JobLimits.MAX_QUEUES, 60_000);
        }
        indexes.lanes.configure(indexes.lanes.queueOrNew(configure.queue()), configure.settings());
        events.happened(new JobEvent.QueueChanged(configure.queue(), configure.settings()));
        return new JobReply.Done();
    }
}
