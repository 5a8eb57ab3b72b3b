package io.muster.coordinator;

import io.muster.encoding.Bytes;
import io.muster.jobs.FinishedJob;
import io.muster.jobs.JobEvent;
import io.muster.jobs.JobState;
import io.muster.jobs.JobView;
import io.muster.jobs.LastRun;
import io.muster.jobs.WorkerView;
import io.muster.log.CommittedBatch;
import io.muster.log.FrozenState;
import io.muster.log.Leadership;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.log.Reply;
import io.muster.state.Change;
import io.muster.state.ClusterState;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one owner of a node's state, on one thread: applies, answers, and does what a leader must.
public final class Coordinator {
    private static final String OLD_MESSAGE =
            "a message of this process with the same or a higher sequence was taken already: the sequence must rise"
                    + " with each exchange, or the process takes a new incarnation";
    private static final int OLD_MESSAGE_MILLIS = 200;
    private static final String NAME_IN_USE =
            "another process was at work under this name a moment ago: it is being looked whether it still is";

    /// Twice in a beat, so that the answer is known soon after the other has reported.
    private static final int RIVAL_MILLIS = 500;

    private final NodeId self;
    private final WorkerSessions sessions;
    private final Dispatcher dispatcher;
    private final FailureDetector failures = new FailureDetector();
    private final TakeoverGuard takeovers;
    private final LeaderDuties duties;
    private final ClosedBlocks history;
    private final RequestFailures requestFailures;

    private ClusterState state;
    private Change.@Nullable Listener listener;
    private Leadership leadership = Leadership.unknown(0);
    private boolean isLeading;
    private long lastWakeNanos;

    /// @param self this node
    /// @param proposer the engine
    /// @param executor runs acts on the thread that calls this coordinator
    /// @param history takes closed history blocks, in order
    /// @param requestFailures hears of requests that ended in a mistake of ours
    public Coordinator(
            NodeId self,
            Proposer proposer,
            CoordinatorExecutor executor,
            ClosedBlocks history,
            RequestFailures requestFailures) {
        this.self = self;
        this.history = history;
        this.requestFailures = requestFailures;
        state = new ClusterState(this::changed);
        sessions = new WorkerSessions(this::state);
        dispatcher = new Dispatcher(this::state, sessions, proposer, executor, requestFailures);
        takeovers = new TakeoverGuard(this::state);
        duties = new LeaderDuties(self, this::state, failures, proposer, executor);
    }

    /// Tells `next` every change from now on; one listener at a time, null for none.
    public void listen(Change.@Nullable Listener next) {
        listener = next;
    }

    /// What the cluster knows; to be read on this coordinator's thread only, and asked for anew each
    /// time: an installed snapshot puts another one in its place.
    public ClusterState state() {
        return state;
    }

    /// Whether this node leads and has applied the start of its own term: only then does it know what
    /// it decides on.
    public boolean isLeading() {
        return isLeading;
    }

    /// Applies a batch and answers its proposals. Throws [io.muster.state.StateException] where the
    /// node must stop.
    public void deliver(CommittedBatch batch, long nowNanos) {
        List<Reply> replies = applied(batch);
        for (int i = 0; i < batch.proposals().size(); i++) {
            batch.proposals().get(i).completed(new Outcome.Applied(batch.firstIndex() + i, replies.get(i)));
        }
        state.jobs().takeClosedBlocks().forEach(history::take);
        duties.applied(nowNanos);
        lead(nowNanos);
        if (isLeading) {
            dispatcher.tellNews();
        }
    }

    /// Holds what is known now still, to be written by another thread. What it writes comes only once the
    /// history blocks closed so far are on disk: nothing else would have them.
    public FrozenState freeze() {
        return new FrozenBehindHistory(state.freeze(), history);
    }

    /// Puts what a snapshot holds in the place of all that was known, and goes on from there. Throws
    /// [io.muster.encoding.MalformedException] or [io.muster.state.StateException] where it cannot be
    /// read; nothing has changed then.
    ///
    /// Only a node that was left behind is sent a snapshot, so it does not lead. If it did until now,
    /// that is over: its workers ask the next leader. What it proposed is answered by the engine, which
    /// knows better than this state what became of it.
    ///
    /// @param sections the chunks of a section by its name, each read once, in the order of the
    ///     sections
    public void install(Function<String, ? extends Iterable<Bytes>> sections, long nowNanos) {
        var installed = new ClusterState(this::changed);
        installed.fill(sections);
        if (isLeading) {
            isLeading = false;
            sessions.close(Outcome.Hint.of(leadership.leader()));
        }
        state = installed;
        duties.applied(nowNanos);
        if (listener != null) {
            tellInstalled(listener);
        }
        lead(nowNanos);
    }

    private void tellInstalled(Change.Listener onlooker) {
        try {
            onlooker.installed(state.appliedIndex());
        } catch (RuntimeException e) {
            requestFailures.happened("telling of a snapshot up to entry " + state.appliedIndex(), e);
        }
    }

    /// A batch that this node cannot apply is committed: the others may well have applied it.
    private List<Reply> applied(CommittedBatch batch) {
        boolean isApplied = false;
        try {
            List<Reply> replies = state.apply(batch);
            isApplied = true;
            return replies;
        } finally {
            if (!isApplied) {
                var unknown = new Outcome.Unknown("the state machine stopped while it applied this");
                batch.proposals().forEach(proposal -> proposal.completed(unknown));
            }
        }
    }

    /// Takes in who leads.
    public void leadershipChanged(Leadership now, long nowNanos) {
        leadership = now;
        lead(nowNanos);
    }

    /// Takes a worker's report; `sink` is told once or more, on this thread, or on none if the node
    /// stops.
    public void exchange(WorkerReport report, Consumer<WorkerAnswer> sink, long nowNanos) {
        if (!isLeading) {
            sink.accept(new WorkerAnswer.NotLeading(Outcome.Hint.of(leadership.leader())));
            return;
        }
        switch (sessions.senderOf(report)) {
            case CURRENT -> take(report, sink, nowNanos);
            case NEWCOMER -> newcomer(report, sink, nowNanos);
            case ENDED -> sink.accept(new WorkerAnswer.Over(TakeoverGuard.replaced(report)));
            case OLD_MESSAGE -> sink.accept(new WorkerAnswer.RetryLater(OLD_MESSAGE, OLD_MESSAGE_MILLIS));
        }
    }

    /// A worker over whose reports this node goes on failing is lost like a silent one.
    private void take(WorkerReport report, Consumer<WorkerAnswer> sink, long nowNanos) {
        var taking = dispatcher.take(report, sink);
        if (!report.unread().isEmpty()) {
            failures.answerUnread(report.inventory().worker(), report.unread(), nowNanos);
        } else if (taking == Dispatcher.Taking.TAKEN) {
            failures.heard(report.inventory().worker(), nowNanos);
        }
    }

    private void newcomer(WorkerReport report, Consumer<WorkerAnswer> sink, long nowNanos) {
        NodeId worker = report.inventory().worker();
        long incarnation = report.inventory().incarnation();
        switch (takeovers.judge(worker, incarnation, failures.lastHeardNanos(worker, nowNanos), nowNanos)) {
            case WELCOME -> take(report, sink, nowNanos);
            case WAIT -> sink.accept(new WorkerAnswer.RetryLater(NAME_IN_USE, RIVAL_MILLIS));
            case REFUSED -> sink.accept(new WorkerAnswer.Over(TakeoverGuard.refused(report)));
        }
    }

    /// The channel of that incarnation of `worker` was closed. That of a process which another has
    /// replaced meanwhile may close late, and says nothing of the other.
    public void channelClosed(NodeId worker, long incarnation, long nowNanos) {
        if (isLeading && sessions.isPresent(worker, incarnation)) {
            failures.channelClosed(worker, nowNanos);
            sessions.channelClosed(worker);
            duties.look(nowNanos);
        }
    }

    /// Does what is due. To be called at least every [#WAKE_NANOS].
    public void wake(CoordinatorFacts facts, long nowNanos) {
        if (isLeading) {
            long late = nowNanos - lastWakeNanos - WAKE_NANOS;
            if (late > LATE_NANOS) {
                failures.discount(late);
            }
            duties.look(nowNanos);
            duties.settle(facts);
        }
        lastWakeNanos = nowNanos;
    }

    /// How often the duties are looked at, in nanoseconds: a tenth of the shortest wait they watch
    /// over.
    public static final long WAKE_NANOS = 100_000_000L;

    /// A wake that comes later than this means that the coordinator itself was held up: by a stalled
    /// disk behind the history, by a machine that slept. The workers were not silent, they were not
    /// heard.
    private static final long LATE_NANOS = 4 * WAKE_NANOS;

    private void lead(long nowNanos) {
        boolean leads = leadership.isMine()
                && leadership.term() == state.term()
                && state.leader().filter(self::equals).isPresent();
        if (leads == isLeading) {
            return;
        }
        isLeading = leads;
        if (leads) {
            lastWakeNanos = nowNanos;
            failures.begin(state.jobs().workers().stream().map(WorkerView::id).toList(), nowNanos);
            duties.begin();
            takeovers.begin();
        } else {
            sessions.close(Outcome.Hint.of(leadership.leader()));
        }
    }

    private void changed(long index, int number, long micros, Change change) {
        if (isLeading && change instanceof Change.InJobs(var event)) {
            noteNews(event);
        }
        if (listener != null) {
            tell(listener, index, number, micros, change);
        }
    }

    /// An observer has no part in what the state becomes, and must not end it halfway through an entry.
    private void tell(Change.Listener onlooker, long index, int number, long micros, Change change) {
        try {
            onlooker.changed(index, number, micros, change);
        } catch (RuntimeException e) {
            requestFailures.happened("telling of a change at entry " + index, e);
        }
    }

    /// A worker has news when it is given a job, or when one of its jobs is taken from it.
    private void noteNews(JobEvent event) {
        switch (event) {
            case JobEvent.Moved(JobView job, var cause) -> {
                if (job.state() instanceof JobState.Claimed(var claim)) {
                    sessions.noteNews(claim.worker());
                } else if (cause == JobEvent.Cause.TIMED_OUT) {
                    newsForLast(job.lastRun());
                }
            }
            case JobEvent.Finished(FinishedJob job, var cause) -> {
                if (cause == JobEvent.Cause.CANCELLED || cause == JobEvent.Cause.TIMED_OUT) {
                    newsForLast(job.lastRun());
                }
            }
            case JobEvent.WorkerChanged _, JobEvent.QueueChanged _ -> {}
        }
    }

    private void newsForLast(LastRun run) {
        if (run instanceof LastRun.By by) {
            sessions.noteNews(by.worker());
        }
    }
}
