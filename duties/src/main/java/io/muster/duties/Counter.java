package io.muster.duties;

import io.muster.cluster.Envelope;
import io.muster.cluster.NodeId;
import io.muster.cluster.Outcome;
import io.muster.jobs.Checkpoint;
import io.muster.jobs.Difference;
import io.muster.jobs.Holding;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobCommands;
import io.muster.jobs.JobReply;
import io.muster.jobs.WorkResult;
import io.muster.jobs.WorkerStanding;
import io.muster.state.ClusterState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Where the leader sits opposite the workers: takes their reports, puts into the log what is new in them, and tells
/// them the difference to the ledger, again whenever there is news.
///
/// Nothing here is remembered beyond a reign: everything follows from the report and the ledger.
final class Counter {
    /// A report may need a join and then a report of its results; a third round means that the ledger refuses.
    private static final int MAX_ROUNDS = 4;

    private static final int RETRY_MILLIS = 200;

    private final ClusterState state;
    private final Proposer proposer;
    private final Turn turn;
    private final Map<NodeId, Seat> seats = new TreeMap<>();
    private final Set<NodeId> hasNews = new TreeSet<>();

    Counter(ClusterState state, Proposer proposer, Turn turn) {
        this.state = state;
        this.proposer = proposer;
        this.turn = turn;
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
        var holding = report.holding();
        var before = seats.get(holding.worker());
        if (before != null
                && before.report.holding().incarnation() == holding.incarnation()
                && before.report.sequence() >= report.sequence()) {
            return Speaker.OLD_MESSAGE;
        }
        var known = state.jobs().worker(holding.worker());
        boolean isFree = known.isEmpty() || known.get().standing().isGone();
        if (known.filter(worker -> worker.incarnation() == holding.incarnation()).isPresent()) {
            return Speaker.CURRENT;
        }
        if (state.jobs().difference(holding) instanceof Difference.Superseded) {
            return Speaker.ENDED;
        }
        return isFree ? Speaker.CURRENT : Speaker.NEWCOMER;
    }

    /// Takes a report. Earlier reports of the same process that still wait are answered by this one's answer.
    void take(WorkerReport report, Consumer<WorkerAnswer> sink) {
        var seat = new Seat(report, sink);
        seats.put(report.holding().worker(), seat);
        proceed(seat, 1);
    }

    /// Notes that something changed for `worker`; [#tellNews] tells it.
    void news(NodeId worker) {
        if (seats.containsKey(worker)) {
            hasNews.add(worker);
        }
    }

    /// Tells every worker what is new for it.
    void tellNews() {
        if (hasNews.isEmpty()) {
            return;
        }
        for (NodeId worker : hasNews) {
            var seat = seats.get(worker);
            if (seat != null && seat.isAnswered()) {
                tell(seat);
            }
        }
        hasNews.clear();
    }

    /// Whether `incarnation` is the one that speaks for `worker`: as its last report here says, which may not be in the
    /// ledger yet, or as the ledger says of a worker that has not reported in this reign.
    boolean isPresent(NodeId worker, long incarnation) {
        var seat = seats.get(worker);
        return seat == null
                ? state.jobs()
                        .worker(worker)
                        .filter(known -> known.incarnation() == incarnation)
                        .isPresent()
                : seat.report.holding().incarnation() == incarnation;
    }

    /// The worker's channel is closed: nothing can be told on it any more.
    void leave(NodeId worker) {
        seats.remove(worker);
    }

    /// This node leads no more: whoever waits is told so.
    void close(Outcome.Hint hint) {
        seats.values().stream()
                .filter(seat -> !seat.isAnswered())
                .forEach(seat -> seat.answer(new WorkerAnswer.NotLeading(hint)));
        seats.clear();
        hasNews.clear();
    }

    /// Puts what is new in the seat's report into the log, and answers once nothing is new any more.
    private void proceed(Seat seat, int round) {
        switch (state.jobs().difference(seat.report.holding())) {
            case Difference.Superseded _ -> {
                seat.answer(new WorkerAnswer.Over(Rivals.replaced(seat.report)));
                seats.remove(seat.report.holding().worker(), seat);
            }
            case Difference.NotJoined _ -> propose(seat, List.of(join(seat.report)), round);
            case Difference.Of difference -> {
                var commands = round < MAX_ROUNDS ? news(seat.report, difference, round) : List.<JobCommand>of();
                if (commands.isEmpty()) {
                    state.jobs().noteRefusedResults(tooLate(difference));
                    tell(seat);
                } else {
                    propose(seat, commands, round);
                }
            }
        }
    }

    private static int tooLate(Difference.Of difference) {
        return (int) difference.acknowledged().stream()
                .filter(acknowledged -> acknowledged.verdict() == JobReply.Verdict.TOO_LATE)
                .count();
    }

    private void tell(Seat seat) {
        if (state.jobs().difference(seat.holding()) instanceof Difference.Of difference) {
            seat.tell(difference, state.term(), state.appliedIndex());
        }
    }

    private void propose(Seat seat, List<JobCommand> commands, int round) {
        if (round >= MAX_ROUNDS) {
            seat.answer(new WorkerAnswer.Unsure("the ledger does not let this worker join; try again", RETRY_MILLIS));
            return;
        }
        var answers = new Answers(seat, commands.size(), round);
        for (JobCommand command : commands) {
            var envelope = new Envelope(
                    JobCommands.kind(command),
                    JobCommands.VERSION,
                    seat.report.principal(),
                    "",
                    "",
                    JobCommands.encode(command));
            proposer.propose(new Submission(state.term(), envelope, turn, answers::take));
        }
    }

    private static JobCommand join(WorkerReport report) {
        return new JobCommand.JoinWorker(
                report.holding().worker(), report.holding().incarnation(), report.offer());
    }

    /// What the ledger does not know yet. Checkpoints are news once: a repetition would be written again.
    private List<JobCommand> news(WorkerReport report, Difference.Of difference, int round) {
        var commands = new ArrayList<JobCommand>(2);
        var worker = report.holding().worker();
        long incarnation = report.holding().incarnation();
        state.jobs().worker(worker).ifPresent(known -> {
            if (known.standing() == WorkerStanding.SUSPENDED) {
                commands.add(new JobCommand.ResumeWorker(worker, incarnation));
            }
            if (!known.offer().equals(report.offer())) {
                commands.add(new JobCommand.ChangeWorker(worker, incarnation, report.offer()));
            }
        });
        var fresh = fresh(report.results(), difference);
        var checkpoints = round == 1 ? report.checkpoints() : List.<Checkpoint>of();
        if (!fresh.isEmpty() || !checkpoints.isEmpty()) {
            commands.add(new JobCommand.ReportWork(worker, incarnation, fresh, checkpoints));
        }
        return commands;
    }

    private static List<WorkResult> fresh(List<WorkResult> results, Difference.Of difference) {
        if (difference.fresh().isEmpty()) {
            return List.of();
        }
        var fresh = new HashSet<>(difference.fresh());
        return results.stream()
                .filter(result -> fresh.contains(new Holding.Attempt(result.job(), result.attempt())))
                .toList();
    }

    /// Gathers the outcomes of one report's commands and goes on once all are there.
    private final class Answers {
        private final Seat seat;
        private final int round;
        private int missing;
        private boolean hasFailed;

        Answers(Seat seat, int missing, int round) {
            this.seat = seat;
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
                        proceed(seat, round + 1);
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
            seat.answer(answer);
            seats.remove(seat.report.holding().worker(), seat);
        }
    }
}
