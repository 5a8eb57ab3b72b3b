package io.muster.simulation;

import io.muster.exchange.AttemptId;
import io.muster.exchange.ClaimedRun;
import io.muster.exchange.ExchangeChannel;
import io.muster.exchange.ExchangeRequest;
import io.muster.exchange.RunOutcome;
import io.muster.log.NodeId;
import io.muster.worker.ChannelInputs;
import io.muster.worker.WorkerConfig;
import io.muster.worker.WorkerEffect;
import io.muster.worker.WorkerInput;
import io.muster.worker.WorkerLoop;
import io.muster.worker.WorkerTimes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One life of a worker's process: carries out what the production loop wants done.
final class SimWorkerProcess {
    private final SimWorker worker;
    private final SimNode.Parts parts;
    private final long life;
    private final long incarnation;
    private final WorkerLoop loop;
    private final Set<AttemptId> running = new HashSet<>();
    private @Nullable ExchangeChannel channel;
    private boolean isOver;

    /// @param life which one of `worker` this is
    SimWorkerProcess(SimWorker worker, SimNode.Parts parts, long life) {
        this.worker = worker;
        this.parts = parts;
        this.life = life;
        this.incarnation = parts.chance().any();
        loop = new WorkerLoop(
                new WorkerConfig(
                        worker.id().value(),
                        incarnation,
                        worker.slots(),
                        Map.of(),
                        Set.of("noop"),
                        Set.of(),
                        worker.addresses(),
                        WorkerTimes.DEFAULT),
                parts.agenda().nowNanos());
    }

    void start() {
        step(new WorkerInput.Woken());
    }

    boolean isOver() {
        return isOver;
    }

    /// The process is gone; its machine says so to the node that it was connected with.
    void crash() {
        isOver = true;
        closeChannel();
    }

    private void step(WorkerInput input) {
        long now = parts.agenda().nowNanos();
        for (WorkerEffect effect : loop.step(List.of(input), now)) {
            carryOut(effect);
        }
        later(loop.nextWakeNanos(now) - now, () -> wake(now));
    }

    /// Wakes the loop unless it has stepped since; only the latest alarm counts.
    private void wake(long plannedAtNanos) {
        if (loop.nextWakeNanos(plannedAtNanos) <= parts.agenda().nowNanos()) {
            step(new WorkerInput.Woken());
        }
    }

    private void carryOut(WorkerEffect effect) {
        switch (effect) {
            case WorkerEffect.OpenChannel(var number, var address) -> open(number, worker.node(new NodeId(address)));
            case WorkerEffect.CloseChannel _ -> closeChannel();
            case WorkerEffect.SendExchange(var _, var request) -> send(request);
            case WorkerEffect.StartRun(var claim) -> startRun(claim);
            case WorkerEffect.StopRun(var attempt, var _) -> stopRun(attempt);
            case WorkerEffect.Exit _ -> isOver = true;
        }
    }

    private void open(long number, SimNode node) {
        channel = new SimChannel(
                parts,
                new SimChannel.WorkerEnd(worker.id(), incarnation, this::later),
                node,
                new ChannelInputs(number, this::step));
    }

    private void send(ExchangeRequest request) {
        var open = channel;
        if (open != null) {
            open.send(request);
        }
    }

    private void closeChannel() {
        var open = channel;
        if (open != null) {
            channel = null;
            open.close();
        }
    }

    private void startRun(ClaimedRun claim) {
        var attempt = claim.id();
        parts.oracle().jobs().started(worker.id() + " life " + life, attempt.job(), attempt.attempt());
        running.add(attempt);
        boolean isSlow = parts.chance().oneIn(20);
        later(parts.chance().nanos(500, isSlow ? 3_000_000 : 60_000), () -> {
            if (running.remove(attempt)) {
                step(new WorkerInput.RunEnded(attempt, outcome(attempt)));
            }
        });
    }

    private void stopRun(AttemptId attempt) {
        later(parts.chance().nanos(100, 5_000), () -> {
            if (running.remove(attempt)) {
                step(new WorkerInput.RunEnded(attempt, new RunOutcome.Released("stopped")));
            }
        });
    }

    private RunOutcome outcome(AttemptId attempt) {
        if (parts.chance().oneIn(12)) {
            return new RunOutcome.Failed("a simulated failure", !parts.chance().oneIn(6));
        }
        return new RunOutcome.Succeeded(SimWorker.resultOf(attempt.job(), attempt.attempt()));
    }

    /// Plans an act of this process: it is void once the process is over, and waits while the process is paused.
    private void later(long nanos, Runnable act) {
        if (isOver) {
            return;
        }
        parts.agenda().in(nanos, () -> {
            long wait = worker.pausedUntilNanos() - parts.agenda().nowNanos();
            if (!isOver && wait > 0) {
                later(wait, act);
            } else if (!isOver) {
                act.run();
            }
        });
    }
}
