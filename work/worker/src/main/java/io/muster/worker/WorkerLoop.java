package io.muster.worker;

import io.muster.exchange.AttemptId;
import io.muster.exchange.ClaimedRun;
import io.muster.exchange.DroppedRun;
import io.muster.exchange.ExchangeEnd;
import io.muster.exchange.ExchangeRefusal;
import io.muster.exchange.ExchangeReply;
import io.muster.exchange.ExchangeRequest;
import io.muster.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;

/// Everything a worker decides: inputs in, effects out. No thread, no clock, no randomness.
///
/// **Level-triggered.** Each exchange says all that is the case, and each reply the delta to the ledger. Nothing
/// here waits for one certain message, so anything may be lost, doubled or late; the worst is a repetition.
///
/// **One exchange at a time.** What gathers while one is unanswered goes with the next, which makes exchanges grow
/// under load by themselves, as batches do in the log.
///
/// **Once.** A run is started at most once for each attempt. While it is known here, [Runs] tells an echo from a new
/// claim. Once its result is acknowledged it is forgotten, and only a leader that has not heard of the acknowledgement
/// could offer it again; such answers are older than one seen already. So no answer is believed whose (term, index) is
/// lower than the highest seen.
///
/// **The lease** is counted from before the last answered exchange was sent; when it lapses, runs that nothing fences
/// are stopped.
///
/// Owned by one thread. Instants are nanoseconds of a monotonic clock that started near zero.
public final class WorkerLoop {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NO_NEWS = -1;

    private final WorkerConfig config;
    private final Runs runs;
    private final ServerConnection connection;
    private final RunDeadlines deadlines;

    private WorkerPhase phase = new WorkerPhase.Working();
    private long newsSinceNanos = NO_NEWS;
    private long notBeforeNanos;
    private long seenTerm;
    private long seenIndex;
    private String unread = "";
    private List<WorkerEffect> effects = new ArrayList<>();

    /// A worker that begins at `nowNanos`, with a first step at once.
    public WorkerLoop(WorkerConfig config, long nowNanos) {
        this.config = config;
        this.runs = new Runs(config.slots());
        this.connection = new ServerConnection(config, nowNanos, effect -> effects.add(effect));
        this.deadlines = new RunDeadlines(config.stopOnLapse());
    }

    /// Takes all that has happened since the last step and decides what to do about it.
    ///
    /// @param inputs in the order in which they happened; those that gathered are best given together
    /// @param nowNanos never less than in the step before
    public List<WorkerEffect> step(List<WorkerInput> inputs, long nowNanos) {
        effects = new ArrayList<>();
        for (WorkerInput input : inputs) {
            if (!isOver()) {
                take(input, nowNanos);
            }
        }
        if (!isOver()) {
            stopOverdue(nowNanos);
            startWaiting(nowNanos);
            exitIfDrained(nowNanos);
        }
        if (!isOver()) {
            connection.keep(nowNanos);
            exchangeIfDue(nowNanos);
        }
        return effects;
    }

    /// When to step next if nothing happens before; never more than a beat ahead.
    public long nextWakeNanos(long nowNanos) {
        long byPhase = phase instanceof WorkerPhase.Draining(long exitAt) ? exitAt : Long.MAX_VALUE;
        long byBeat = nowNanos + beatNanos();
        long byConnection = connection.nextWakeNanos(dueAtNanos());
        return Math.min(Math.min(byConnection, byPhase), Math.min(byBeat, deadlines.nextCheckNanos()));
    }

    /// Where the worker stands.
    public WorkerStatus status() {
        return new WorkerStatus(
                connection.isInUse(),
                connection.address(),
                runs.offered(),
                runs.occupied(),
                runs.held(),
                seenTerm,
                connection.sequence());
    }

    private void take(WorkerInput input, long nowNanos) {
        switch (input) {
            case WorkerInput.Woken _ -> {}
            case WorkerInput.ChannelOpened opened -> connection.opened(opened.channel());
            case WorkerInput.ChannelClosed closed -> connection.closed(closed.channel(), nowNanos);
            case WorkerInput.AnswerUnread answer -> answerUnread(answer, nowNanos);
            case WorkerInput.ChannelDenied denied -> {
                if (connection.denied(denied.channel(), nowNanos)) {
                    exit(StopReason.STOPPED, ExitReason.DENIED);
                }
            }
            case WorkerInput.AnswerArrived arrived -> answered(arrived, nowNanos);
            case WorkerInput.RunEnded ended -> {
                runs.ended(ended.id(), ended.outcome());
                news(nowNanos);
            }
            case WorkerInput.CheckpointMade made -> runs.checkpoint(made.id(), made.checkpoint());
            case WorkerInput.SlotsChanged changed -> {
                runs.setSlots(changed.slots());
                news(nowNanos);
            }
            case WorkerInput.DrainAsked _ -> drain(nowNanos);
            case WorkerInput.StopAsked _ -> exit(StopReason.STOPPED, ExitReason.STOPPED);
        }
    }

    /// The leader must hear of it: it would take the worker for one that has been told, and give it more of the same.
    private void answerUnread(WorkerInput.AnswerUnread answer, long nowNanos) {
        if (connection.isOpen(answer.channel())) {
            String why = answer.why();
            unread = why.substring(0, Math.min(why.length(), WireLimits.MAX_ERROR_CHARACTERS));
        }
        connection.closed(answer.channel(), nowNanos);
    }

    private void answered(WorkerInput.AnswerArrived arrived, long nowNanos) {
        if (!connection.takes(arrived.channel(), arrived.answer())) {
            return;
        }
        switch (arrived.answer()) {
            case ExchangeReply reply -> replied(reply, nowNanos);
            case ExchangeRefusal refusal -> refused(refusal, nowNanos);
            case ExchangeEnd end -> exit(StopReason.REPLACED, new WorkerEffect.Exit(ExitReason.REPLACED, end.why()));
        }
    }

    private void replied(ExchangeReply reply, long nowNanos) {
        if (isOutdated(reply)) {
            connection.giveUp(nowNanos);
            return;
        }
        unread = "";
        seenTerm = reply.term();
        seenIndex = reply.index();
        connection.served();
        deadlines.leaseUntil(connection.sentAtNanos() + reply.leaseMillis() * NANOS_PER_MILLI);
        runs.answered(connection.sequence());
        settle(reply, nowNanos);
        if (reply.more()) {
            news(nowNanos);
        }
        connection.moveTo(reply.leader(), nowNanos);
    }

    private boolean isOutdated(ExchangeReply reply) {
        return reply.term() < seenTerm || (reply.term() == seenTerm && reply.index() < seenIndex);
    }

    private void settle(ExchangeReply reply, long nowNanos) {
        for (AttemptId id : reply.acknowledged()) {
            runs.acknowledge(id);
        }
        for (DroppedRun drop : reply.drop()) {
            stopDropped(runs.drop(drop.id()), drop.id(), StopReason.DROPPED, nowNanos);
        }
        for (ClaimedRun claim : reply.claims()) {
            runs.olderThan(claim.id())
                    .ifPresent(older -> stopDropped(runs.drop(older), older, StopReason.SUPERSEDED, nowNanos));
            runs.claim(claim);
        }
    }

    /// A dropped run that has to be stopped takes up a slot until it has ended, and the leader is told of that.
    private void stopDropped(Runs.Dropped dropped, AttemptId id, StopReason reason, long nowNanos) {
        switch (dropped) {
            case WAS_RUNNING -> {
                effects.add(new WorkerEffect.StopRun(id, reason));
                news(nowNanos);
            }
            case WAS_STOPPING, WAS_IDLE -> {}
        }
    }

    /// A server that names itself asks for patience; any other sends the worker away.
    private void refused(ExchangeRefusal refusal, long nowNanos) {
        if (refusal.leader() != null && refusal.leader().apiAddress().equals(connection.address())) {
            unread = "";
            notBeforeNanos = nowNanos + Math.min(beatNanos(), refusal.retryAfterMillis() * NANOS_PER_MILLI);
            connection.putOff();
            news(nowNanos);
        } else {
            connection.turnedAway(refusal, nowNanos);
        }
    }

    private void exchangeIfDue(long nowNanos) {
        if (!connection.isReady() || nowNanos < dueAtNanos()) {
            return;
        }
        var budget = connection.isFresh() ? ReportBudget.ofFirstExchange() : ReportBudget.ofLaterExchange();
        long channel = connection.sent(nowNanos);
        Runs.RunReport report = runs.report(connection.sequence(), budget);
        newsSinceNanos = report.isComplete() ? NO_NEWS : nowNanos;
        effects.add(new WorkerEffect.SendExchange(
                channel,
                new ExchangeRequest(
                        config.worker(),
                        config.incarnation(),
                        connection.sequence(),
                        runs.offered(),
                        config.labels(),
                        List.copyOf(config.handlers()),
                        isDraining(),
                        report.held(),
                        report.results(),
                        unread)));
    }

    /// When the next exchange is due on an open channel on which none is unanswered.
    private long dueAtNanos() {
        if (connection.isFresh()) {
            return 0;
        }
        long beat = connection.sentAtNanos() + beatNanos();
        if (newsSinceNanos == NO_NEWS) {
            return beat;
        }
        long linger = runs.occupied() == 0 ? 0 : config.times().linger().toNanos();
        return Math.max(notBeforeNanos, Math.min(beat, newsSinceNanos + linger));
    }

    private long beatNanos() {
        return config.times().beat().toNanos();
    }

    private void news(long nowNanos) {
        if (newsSinceNanos == NO_NEWS) {
            newsSinceNanos = nowNanos;
        }
    }

    private void stopOverdue(long nowNanos) {
        for (RunDeadlines.Overdue overdue : deadlines.overdue(runs, nowNanos)) {
            runs.stopping(overdue.run().id(), overdue.reason());
            effects.add(new WorkerEffect.StopRun(overdue.run().id(), overdue.reason()));
        }
    }

    private void startWaiting(long nowNanos) {
        if (isDraining()) {
            if (runs.releaseWaiting("the worker drains") > 0) {
                news(nowNanos);
            }
            return;
        }
        for (ClaimedRun claim : runs.start(nowNanos, claim -> deadlines.admits(claim.type(), nowNanos))) {
            deadlines.started(claim.timeoutMillis(), nowNanos);
            effects.add(new WorkerEffect.StartRun(claim));
        }
    }

    private void drain(long nowNanos) {
        if (phase instanceof WorkerPhase.Working) {
            long giveBackAt = nowNanos + config.times().drain().toNanos();
            phase = new WorkerPhase.Draining(
                    giveBackAt + config.times().stopGrace().toNanos());
            deadlines.giveBackAt(giveBackAt);
            news(nowNanos);
        }
    }

    /// A drained worker leaves when the leader has answered an exchange that said so: then it is given no job that
    /// would count as lost when the channel closes.
    private void exitIfDrained(long nowNanos) {
        if (!(phase instanceof WorkerPhase.Draining(long exitAt))) {
            return;
        }
        boolean isToldOrAlone = connection.isAlone() || connection.isQuiet() && newsSinceNanos == NO_NEWS;
        if (runs.isEmpty() && isToldOrAlone) {
            exit(StopReason.DRAINING, ExitReason.DRAINED);
        } else if (nowNanos >= exitAt) {
            exit(StopReason.DRAINING, ExitReason.DRAIN_TIMED_OUT);
        }
    }

    private void exit(StopReason stopReason, ExitReason exitReason) {
        exit(stopReason, new WorkerEffect.Exit(exitReason));
    }

    private void exit(StopReason stopReason, WorkerEffect.Exit exit) {
        for (Run run : runs.running()) {
            effects.add(new WorkerEffect.StopRun(run.id(), stopReason));
        }
        connection.close();
        effects.add(exit);
        phase = new WorkerPhase.Over();
    }

    private boolean isDraining() {
        return phase instanceof WorkerPhase.Draining;
    }

    private boolean isOver() {
        return phase instanceof WorkerPhase.Over;
    }
}
