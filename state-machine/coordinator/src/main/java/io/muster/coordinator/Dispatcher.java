package io.muster.coordinator;

import io.muster.jobs.Delta;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobReply;
import io.muster.log.Asker;
import io.muster.log.Envelope;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.state.ClusterState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Where the leader sits opposite the workers: takes their reports, puts into the log what is new in them, and tells
/// them the delta to the ledger, again whenever there is news.
///
/// Nothing here is remembered beyond a term: everything follows from the report and the ledger.
final class Dispatcher {
    /// A report may need a join and then a report of its results; a third round means that the ledger refuses.
    private static final int MAX_ROUNDS = 4;

    private static final int RETRY_MILLIS = 200;

    private static final int DEAF_RETRY_MILLIS = 1_000;

    private final ClusterState state;
    private final Proposer proposer;
    private final CoordinatorExecutor executor;
    private final RequestFailures requestFailures;
    private final Map<NodeId, WorkerSession> sessions = new TreeMap<>();
    private final Set<NodeId> hasNews = new TreeSet<>();

    Dispatcher(ClusterState state, Proposer proposer, CoordinatorExecutor executor, RequestFailures requestFailures) {
        this.state = state;
        this.proposer = proposer;
        this.executor = executor;
        this.requestFailures = requestFailures;
    }

    /// Who speaks, as far as is known.
    enum Speaker {
        /// The process that has joined, or one whose name is free.
        CURRENT,
        /// Another process under the name of one that has joined.
        NEWCOMER,
        /// A process whose place another has taken.
        ENDED,
        /// One whose message is not newer than one that was taken already.
        OLD_MESSAGE
    }

    /// Who speaks in `report`. Only the current one's word says that the worker lives.
    Speaker speaker(WorkerReport report) {
        var inventory = report.inventory();
        var before = sessions.get(inventory.worker());
        if (before != null
                && before.report.inventory().incarnation() == inventory.incarnation()
                && before.report.sequence() >= report.sequence()) {
            return Speaker.OLD_MESSAGE;
        }
        var known = state.jobs().worker(inventory.worker());
        boolean isFree = known.isEmpty() || known.get().standing().isGone();
        if (known.filter(worker -> worker.incarnation() == inventory.incarnation())
                .isPresent()) {
            return Speaker.CURRENT;
        }
        if (state.jobs().delta(inventory) instanceof Delta.Superseded) {
            return Speaker.ENDED;
        }
        return isFree ? Speaker.CURRENT : Speaker.NEWCOMER;
    }

    /// What became of a report.
    enum Taking {
        /// It is being dealt with, or was.
        TAKEN,
        /// It could not be dealt with.
        FAILED
    }

    /// Takes a report. An earlier one of the same worker that still waits is given up.
    Taking take(WorkerReport report, Consumer<WorkerAnswer> sink) {
        var worker = report.inventory().worker();
        var session = new WorkerSession(report, sink);
        var before = sessions.put(worker, session);
        confined(session, () -> {
            if (before != null && !before.isAnswered()) {
                before.answer(
                        new WorkerAnswer.Unsure("a later report of this worker was taken in its place", RETRY_MILLIS));
            }
            proceed(session, 1);
        });
        return sessions.get(worker) == session ? Taking.TAKEN : Taking.FAILED;
    }

    /// Notes that something changed for `worker`; [#tellNews] tells it.
    void noteNews(NodeId worker) {
        if (sessions.containsKey(worker)) {
            hasNews.add(worker);
        }
    }

    /// Tells every worker what is new for it.
    void tellNews() {
        if (hasNews.isEmpty()) {
            return;
        }
        for (NodeId worker : hasNews) {
            var session = sessions.get(worker);
            if (session != null && session.isAnswered()) {
                confined(session, () -> tell(session));
            }
        }
        hasNews.clear();
    }

    /// Whether `incarnation` is the one that speaks for `worker`: as its last report here says, which may not be in the
    /// ledger yet, or as the ledger says of a worker that has not reported in this term.
    boolean isPresent(NodeId worker, long incarnation) {
        var session = sessions.get(worker);
        return session == null
                ? state.jobs()
                        .worker(worker)
                        .filter(known -> known.incarnation() == incarnation)
                        .isPresent()
                : session.report.inventory().incarnation() == incarnation;
    }

    /// The worker's channel is closed: nothing can be told on it any more.
    void leave(NodeId worker) {
        sessions.remove(worker);
    }

    /// This node leads no more: whoever waits is told so.
    void close(Outcome.Hint hint) {
        sessions.values().stream()
                .filter(session -> !session.isAnswered())
                .forEach(session -> session.answer(new WorkerAnswer.NotLeading(hint)));
        sessions.clear();
        hasNews.clear();
    }

    /// Does something for a report. An exception ends this report and nothing else: what a worker says must not end the
    /// thread that owns the state, and the next leader's after it.
    private void confined(WorkerSession session, Runnable act) {
        try {
            act.run();
        } catch (RuntimeException e) {
            var worker = session.report.inventory().worker();
            sessions.remove(worker, session);
            requestFailures.happened("the report of worker " + worker, e);
            try {
                session.answer(new WorkerAnswer.Failed("this node failed over the report: " + e.getMessage()));
            } catch (RuntimeException further) {
                requestFailures.happened("the answer to worker " + worker, further);
            }
        }
    }

    /// Puts what is new in the session's report into the log, and answers once nothing is new any more.
    private void proceed(WorkerSession session, int round) {
        switch (state.jobs().delta(session.report.inventory())) {
            case Delta.Superseded _ -> {
                session.answer(new WorkerAnswer.Over(TakeoverGuard.replaced(session.report)));
                sessions.remove(session.report.inventory().worker(), session);
            }
            case Delta.NotJoined _ -> {
                if (session.report.unread().isEmpty()) {
                    propose(session, List.of(ReportPlan.join(session.report)), round);
                } else {
                    // It would be given jobs that it cannot read, and lose them.
                    sessions.remove(session.report.inventory().worker(), session);
                    session.answer(new WorkerAnswer.Unsure(
                            "it could not read what it was told: " + session.report.unread(), DEAF_RETRY_MILLIS));
                }
            }
            case Delta.Of delta -> {
                var commands = plan(session.report, delta, round);
                if (commands.isEmpty()) {
                    state.jobs().noteRefusedResults(tooLate(delta));
                    tell(session);
                } else {
                    propose(session, commands, round);
                }
            }
        }
    }

    private List<JobCommand> plan(WorkerReport report, Delta.Of delta, int round) {
        if (round >= MAX_ROUNDS) {
            return List.of();
        }
        var known = state.jobs().worker(report.inventory().worker());
        return round == 1 ? ReportPlan.first(report, known, delta) : ReportPlan.further(report, known, delta);
    }

    private static int tooLate(Delta.Of delta) {
        return (int) delta.acknowledged().stream()
                .filter(acknowledged -> acknowledged.verdict() == JobReply.ResultVerdict.TOO_LATE)
                .count();
    }

    private void tell(WorkerSession session) {
        if (state.jobs().delta(session.inventory()) instanceof Delta.Of delta) {
            session.tell(delta, state.term(), state.appliedIndex());
        }
    }

    private void propose(WorkerSession session, List<JobCommand> commands, int round) {
        if (round >= MAX_ROUNDS) {
            session.answer(
                    new WorkerAnswer.Unsure("the ledger does not let this worker join; try again", RETRY_MILLIS));
            return;
        }
        var answers = new Answers(session, commands.size(), round);
        for (JobCommand command : commands) {
            var envelope = Envelope.of(command, Asker.named(session.report.principal()));
            proposer.propose(new CoordinatorProposal(state.term(), envelope, executor, answers::take));
        }
    }

    /// Gathers the outcomes of one report's commands and goes on once all are there.
    private final class Answers {
        private final WorkerSession session;
        private final int round;
        private int missing;
        private boolean hasFailed;

        Answers(WorkerSession session, int missing, int round) {
            this.session = session;
            this.missing = missing;
            this.round = round;
        }

        void take(Outcome outcome) {
            missing--;
            if (hasFailed) {
                return;
            }
            switch (outcome) {
                case Outcome.Applied _ -> {
                    if (missing == 0) {
                        confined(session, () -> proceed(session, round + 1));
                    }
                }
                case Outcome.NotLeader(var hint) -> fail(new WorkerAnswer.NotLeading(hint));
                case Outcome.Overloaded(var retryMillis) ->
                    fail(new WorkerAnswer.Unsure("too much is on its way already", retryMillis));
                case Outcome.Unknown(var reason) -> fail(new WorkerAnswer.Unsure(reason, RETRY_MILLIS));
            }
        }

        private void fail(WorkerAnswer answer) {
            hasFailed = true;
            session.answer(answer);
            sessions.remove(session.report.inventory().worker(), session);
        }
    }
}
