package io.muster.coordinator;

import io.muster.jobs.Delta;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobReply;
import io.muster.log.Asker;
import io.muster.log.Envelope;
import io.muster.log.Outcome;
import io.muster.state.ClusterState;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Takes the workers' reports, puts into the log what is new in them, and tells each worker the delta to the
/// ledger, again whenever there is news.
///
/// It remembers nothing: what it does follows from the report, the ledger and [WorkerSessions].
final class Dispatcher {
    /// A report may need a join and then a report of its results; a third round means that the ledger refuses.
    private static final int MAX_ROUNDS = 4;

    private static final int RETRY_MILLIS = 200;

    private static final int DEAF_RETRY_MILLIS = 1_000;

    private final Supplier<ClusterState> state;
    private final WorkerSessions sessions;
    private final Proposer proposer;
    private final CoordinatorExecutor executor;
    private final RequestFailures requestFailures;

    Dispatcher(
            Supplier<ClusterState> state,
            WorkerSessions sessions,
            Proposer proposer,
            CoordinatorExecutor executor,
            RequestFailures requestFailures) {
        this.state = state;
        this.sessions = sessions;
        this.proposer = proposer;
        this.executor = executor;
        this.requestFailures = requestFailures;
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
        var session = new WorkerSession(report, sink);
        var before = sessions.open(session);
        confined(session, () -> {
            before.filter(earlier -> !earlier.isAnswered()).ifPresent(Dispatcher::giveUp);
            proceed(session, 1);
        });
        return sessions.isOpen(session) ? Taking.TAKEN : Taking.FAILED;
    }

    private static void giveUp(WorkerSession session) {
        session.answer(
                new WorkerAnswer.RetryLater("a later report of this worker was taken in its place", RETRY_MILLIS));
    }

    /// Tells every worker what is new for it.
    void tellNews() {
        for (WorkerSession session : sessions.takeNews()) {
            confined(session, () -> tell(session));
        }
    }

    /// Does something for a report. An exception ends this report and nothing else: what a worker says must not end the
    /// thread that owns the state, and the next leader's after it.
    private void confined(WorkerSession session, Runnable act) {
        try {
            act.run();
        } catch (RuntimeException e) {
            var worker = session.worker();
            sessions.end(session);
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
        switch (state.get().jobs().delta(session.report.inventory())) {
            case Delta.Superseded _ -> {
                session.answer(new WorkerAnswer.Over(TakeoverGuard.replaced(session.report)));
                sessions.end(session);
            }
            case Delta.NotJoined _ -> {
                if (session.report.unread().isEmpty()) {
                    propose(session, List.of(ReportPlan.join(session.report)), round);
                } else {
                    // It would be given jobs that it cannot read, and would lose them.
                    sessions.end(session);
                    session.answer(new WorkerAnswer.RetryLater(
                            "it could not read what it was told: " + session.report.unread(), DEAF_RETRY_MILLIS));
                }
            }
            case Delta.Of delta -> {
                var commands = plan(session.report, delta, round);
                if (commands.isEmpty()) {
                    state.get().jobs().noteRefusedResults(tooLate(delta));
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
        var known = state.get().jobs().worker(report.inventory().worker());
        return round == 1 ? ReportPlan.first(report, known, delta) : ReportPlan.further(report, known, delta);
    }

    private static int tooLate(Delta.Of delta) {
        return (int) delta.acknowledged().stream()
                .filter(acknowledged -> acknowledged.verdict() == JobReply.ResultVerdict.TOO_LATE)
                .count();
    }

    private void tell(WorkerSession session) {
        if (state.get().jobs().delta(session.inventory()) instanceof Delta.Of delta) {
            session.tell(delta, state.get().term(), state.get().appliedIndex());
        }
    }

    private void propose(WorkerSession session, List<JobCommand> commands, int round) {
        if (round >= MAX_ROUNDS) {
            session.answer(
                    new WorkerAnswer.RetryLater("the ledger does not let this worker join; try again", RETRY_MILLIS));
            return;
        }
        var answers = new Answers(session, commands.size(), round);
        for (JobCommand command : commands) {
            var envelope = Envelope.of(command, Asker.named(session.report.principal()));
            proposer.propose(new CoordinatorProposal(state.get().term(), envelope, executor, answers::take));
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
                    fail(new WorkerAnswer.RetryLater("too much is on its way already", retryMillis));
                case Outcome.Unknown(var reason) -> fail(new WorkerAnswer.RetryLater(reason, RETRY_MILLIS));
            }
        }

        private void fail(WorkerAnswer answer) {
            hasFailed = true;
            session.answer(answer);
            sessions.end(session);
        }
    }
}
