package io.muster.simulation;

import io.muster.api.ExchangeReplyMapper;
import io.muster.api.ExchangeRequestMapper;
import io.muster.coordinator.WorkerAnswer;
import io.muster.encoding.Bytes;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ClaimedRun;
import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.ExchangeEnd;
import io.muster.exchange.ExchangeRefusal;
import io.muster.exchange.ExchangeRequest;
import io.muster.exchange.LeaderHint;
import io.muster.exchange.RunOutcome;
import io.muster.log.NodeId;
import io.muster.log.Outcome;
import io.muster.worker.WorkerConfig;
import io.muster.worker.WorkerEffect;
import io.muster.worker.WorkerInput;
import io.muster.worker.WorkerLoop;
import io.muster.worker.WorkerTimes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One worker over all its lives: the production worker loop, with runs that only take time.
final class SimWorker {
    private final NodeId id;
    private final SimNode.Parts parts;
    private final Map<NodeId, SimNode> nodes;
    private final int slots;
    private long life;
    private @Nullable Life current;
    private long pausedUntilNanos;

    SimWorker(NodeId id, SimNode.Parts parts, Map<NodeId, SimNode> nodes, int slots) {
        this.id = id;
        this.parts = parts;
        this.nodes = nodes;
        this.slots = slots;
        parts.oracle().jobs().offers(id, slots);
    }

    NodeId id() {
        return id;
    }

    boolean isUp() {
        return current != null;
    }

    /// The process starts, unless it runs, knowing nothing of what an earlier one ran.
    void start() {
        if (isUp()) {
            return;
        }
        life++;
        current = new Life(life);
        current.step(new WorkerInput.Woken());
    }

    /// The process is gone; its machine says so to whoever it was connected with.
    void crash() {
        var gone = current;
        if (gone != null) {
            parts.oracle().note("crash " + id);
            current = null;
            gone.hangUp();
        }
    }

    /// The process does nothing for a while.
    void pause(long nanos) {
        pausedUntilNanos = parts.agenda().nowNanos() + nanos;
    }

    /// What attempt `attempt` of `job` produces, so that it can be told from what any other produces.
    static Bytes resultOf(String job, int attempt) {
        return Bytes.utf8("{\"by\":\"" + job + "#" + attempt + "\"}");
    }

    /// One life of the worker's process.
    private final class Life {
        private final long number;
        private final long incarnation;
        private final WorkerLoop loop;
        private final Map<AttemptId, Long> running = new HashMap<>();
        private long channel;
        private @Nullable SimNode peer;
        private long peerLife;
        private boolean isOpen;

        Life(long number) {
            this.number = number;
            this.incarnation = parts.chance().any();
            var addresses = nodes.keySet().stream().map(NodeId::value).toList();
            loop = new WorkerLoop(
                    new WorkerConfig(
                            id.value(),
                            incarnation,
                            slots,
                            Map.of(),
                            Set.of("noop"),
                            Set.of(),
                            addresses,
                            WorkerTimes.DEFAULT),
                    parts.agenda().nowNanos());
        }

        void step(WorkerInput input) {
            long now = parts.agenda().nowNanos();
            for (WorkerEffect effect : loop.step(List.of(input), now)) {
                carryOut(effect);
            }
            if (current == this) {
                later(loop.nextWakeNanos(now) - now, () -> wake(now));
            }
        }

        /// Wakes the loop unless it has stepped since; only the latest alarm counts.
        private void wake(long plannedAtNanos) {
            if (loop.nextWakeNanos(plannedAtNanos) <= parts.agenda().nowNanos()) {
                step(new WorkerInput.Woken());
            }
        }

        void hangUp() {
            closeChannel();
        }

        private void carryOut(WorkerEffect effect) {
            switch (effect) {
                case WorkerEffect.OpenChannel(var next, var address) -> open(next, new NodeId(address));
                case WorkerEffect.CloseChannel _ -> closeChannel();
                case WorkerEffect.SendExchange(var on, var request) -> send(on, request);
                case WorkerEffect.StartRun(var claim) -> startRun(claim);
                case WorkerEffect.StopRun(var attempt, var _) -> stopRun(attempt);
                case WorkerEffect.Exit _ -> {
                    if (current == this) {
                        current = null;
                    }
                }
            }
        }

        private void open(long next, NodeId address) {
            channel = next;
            isOpen = false;
            peer = nodes.get(address);
            later(parts.chance().nanos(100, 2_000), () -> {
                var node = peer;
                if (channel != next || node == null) {
                    return;
                }
                boolean isReachable = node.isUp() && !isCut(id, node.id()) && !isCut(node.id(), id);
                if (isReachable) {
                    isOpen = true;
                    peerLife = node.life();
                    step(new WorkerInput.ChannelOpened(next));
                } else if (!isCut(id, node.id()) && !isCut(node.id(), id)) {
                    step(new WorkerInput.ChannelClosed(next, "connection refused"));
                }
            });
        }

        private void send(long on, ExchangeRequest request) {
            var node = peer;
            if (!isOpen || on != channel || node == null) {
                return;
            }
            long toLife = peerLife;
            parts.network().carry(id.value(), node.id().value(), () -> {
                if (!node.isUp() || node.life() != toLife) {
                    later(0, () -> closed(on));
                    return;
                }
                var report = ExchangeRequestMapper.of(request, "worker/" + id);
                node.exchange(report, answer -> back(node, on, answer(node, answer, request.sequence())));
            });
        }

        private void back(SimNode node, long on, ExchangeAnswer answer) {
            parts.network()
                    .carry(
                            node.id().value(),
                            id.value(),
                            () -> later(0, () -> {
                                if (isOpen && on == channel) {
                                    step(new WorkerInput.AnswerArrived(on, answer));
                                }
                            }));
        }

        private void closed(long on) {
            if (on == channel) {
                isOpen = false;
                channel = 0;
                step(new WorkerInput.ChannelClosed(on, "connection reset"));
            }
        }

        private void closeChannel() {
            var node = peer;
            if (isOpen && node != null) {
                long toLife = peerLife;
                parts.network().carry(id.value(), node.id().value(), () -> {
                    if (node.isUp() && node.life() == toLife) {
                        node.channelClosed(id, incarnation);
                    }
                });
            }
            isOpen = false;
            channel = 0;
        }

        private void startRun(ClaimedRun claim) {
            var attempt = claim.id();
            parts.oracle().jobs().started(id + " life " + number, attempt.job(), attempt.attempt());
            running.put(attempt, number);
            boolean isSlow = parts.chance().oneIn(20);
            later(parts.chance().nanos(500, isSlow ? 3_000_000 : 60_000), () -> endRun(attempt));
        }

        private void endRun(AttemptId attempt) {
            if (running.remove(attempt) != null) {
                step(new WorkerInput.RunEnded(attempt, outcome(attempt)));
            }
        }

        private void stopRun(AttemptId attempt) {
            later(parts.chance().nanos(100, 5_000), () -> {
                if (running.remove(attempt) != null) {
                    step(new WorkerInput.RunEnded(attempt, new RunOutcome.Released("stopped")));
                }
            });
        }

        private RunOutcome outcome(AttemptId attempt) {
            if (parts.chance().oneIn(12)) {
                return new RunOutcome.Failed(
                        "a simulated failure", !parts.chance().oneIn(6));
            }
            return new RunOutcome.Succeeded(resultOf(attempt.job(), attempt.attempt()));
        }

        private void later(long nanos, Runnable act) {
            parts.agenda().in(nanos, () -> {
                if (current != this) {
                    return;
                }
                long wait = pausedUntilNanos - parts.agenda().nowNanos();
                if (wait > 0) {
                    later(wait, act);
                } else {
                    act.run();
                }
            });
        }
    }

    private boolean isCut(NodeId from, NodeId to) {
        return parts.network().isCut(from.value(), to.value());
    }

    private static ExchangeAnswer answer(SimNode node, WorkerAnswer answer, long sequence) {
        var self = new LeaderHint(node.id().value(), node.id().value());
        return switch (answer) {
            case WorkerAnswer.Told told -> ExchangeReplyMapper.reply(told, sequence, self);
            case WorkerAnswer.NotLeading(var hint) -> new ExchangeRefusal(sequence, "not leading", 50, hint(hint));
            case WorkerAnswer.Unsure(var reason, var retryMillis) ->
                new ExchangeRefusal(sequence, reason, retryMillis, self);
            case WorkerAnswer.Failed(var reason) -> new ExchangeRefusal(sequence, reason, 50, self);
            case WorkerAnswer.Over(var reason) -> new ExchangeEnd(sequence, reason);
        };
    }

    private static @Nullable LeaderHint hint(Outcome.Hint hint) {
        return switch (hint) {
            case Outcome.Hint.Nobody() -> null;
            case Outcome.Hint.Ask(var node) -> new LeaderHint(node.value(), node.value());
        };
    }
}
