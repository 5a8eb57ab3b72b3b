package io.muster.simulation;

import io.muster.dispatch.ExchangeReplyMapper;
import io.muster.dispatch.ExchangeRequestMapper;
import io.muster.dispatch.LeaderHints;
import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.ExchangeChannel;
import io.muster.exchange.ExchangeRequest;
import io.muster.exchange.LeaderHint;
import io.muster.log.NodeId;
import java.util.Optional;

/// The simulated way from a worker to one life of a node: what travels on it takes its time and may be lost, and a node
/// that dies takes it along.
final class SimChannel implements ExchangeChannel {
    private final SimNode.Parts parts;
    private final WorkerEnd caller;
    private final SimNode node;
    private final Listener listener;
    private final ExchangeReplyMapper mapper;
    private State state = State.OPENING;
    private long nodeLife;

    /// Whose end of the channel this is.
    ///
    /// @param process lets the worker's process act, if it lives then
    record WorkerEnd(NodeId worker, long incarnation, Planner process) {}

    /// Lets somebody act after so many nanoseconds.
    interface Planner {
        void later(long nanos, Runnable act);
    }

    private enum State {
        OPENING,
        OPEN,
        CLOSED
    }

    SimChannel(SimNode.Parts parts, WorkerEnd caller, SimNode node, Listener listener) {
        this.parts = parts;
        this.caller = caller;
        this.node = node;
        this.listener = listener;
        this.mapper = new ExchangeReplyMapper(new Hints(node));
        later(parts.chance().nanos(100, 2_000), this::connect);
    }

    private void connect() {
        if (state != State.OPENING || isCut()) {
            return;
        }
        if (node.isUp()) {
            state = State.OPEN;
            nodeLife = node.life();
            listener.opened();
        } else {
            state = State.CLOSED;
            listener.closed("connection refused");
        }
    }

    @Override
    public void send(ExchangeRequest request) {
        if (state != State.OPEN) {
            return;
        }
        toNode(() -> {
            if (isNodeAlive()) {
                var report = ExchangeRequestMapper.of(request, "worker/" + caller.worker());
                node.exchange(report, answer -> back(mapper.of(answer, request.sequence())));
            } else {
                later(0, this::reset);
            }
        });
    }

    @Override
    public void close() {
        if (state == State.OPEN) {
            toNode(() -> {
                if (isNodeAlive()) {
                    node.channelClosed(caller.worker(), caller.incarnation());
                }
            });
        }
        state = State.CLOSED;
    }

    private void back(ExchangeAnswer answer) {
        parts.network()
                .carry(
                        node.name(),
                        caller.worker().value(),
                        () -> later(0, () -> {
                            if (state == State.OPEN) {
                                listener.answered(answer);
                            }
                        }));
    }

    private void reset() {
        if (state == State.OPEN) {
            state = State.CLOSED;
            listener.closed("connection reset");
        }
    }

    private void toNode(Runnable act) {
        parts.network().carry(caller.worker().value(), node.name(), act);
    }

    private boolean isNodeAlive() {
        return node.isUp() && node.life() == nodeLife;
    }

    private boolean isCut() {
        return parts.network().isCut(caller.worker().value(), node.name())
                || parts.network().isCut(node.name(), caller.worker().value());
    }

    private void later(long nanos, Runnable act) {
        caller.process().later(nanos, act);
    }

    /// Whom the node names: itself, and the leader that it knows. A node's address is its name.
    private record Hints(SimNode node) implements LeaderHints {
        @Override
        public LeaderHint self() {
            return hint(node.id());
        }

        @Override
        public Optional<LeaderHint> leader() {
            return node.leadership().leader().map(Hints::hint);
        }

        private static LeaderHint hint(NodeId id) {
            return new LeaderHint(id.value(), id.value());
        }
    }
}
