package io.muster.simulation;

import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.raft.FoundingStatus;
import io.muster.raftruntime.Transport;
import io.muster.raftruntime.TransportContract;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The simulated network keeps the promises of a real one.
final class SimNetworkTest implements TransportContract {
    private static final long TURN_NANOS = 1_000_000;
    private static final Map<NodeId, VoterId> VOTERS = Map.of(ONE, new VoterId(7, 1), TWO, new VoterId(7, 2));

    @Override
    public Network network() {
        return new Simulated();
    }

    private static final class Simulated implements Network {
        private final Agenda agenda = new Agenda();
        private final SimNetwork network = new SimNetwork(agenda, new Chance(7), new Oracle(agenda, 7));
        private final Map<NodeId, SimNetwork.Link> links = new TreeMap<>();
        private boolean isOver;

        @Override
        public Transport start(NodeId node, long incarnation, Heard heard) {
            var link = network.transport(node, incarnation, new SimClocks(agenda, 0), () -> {});
            links.put(node, link);
            VoterId identity = Objects.requireNonNull(VOTERS.get(node), "a voter");
            var foundingStatus = new FoundingStatus(identity, new TreeMap<>(VOTERS), true);
            network.up(node, foundingStatus, link, heard);
            return link;
        }

        @Override
        public void stop(NodeId node) {
            links.remove(node);
            network.down(node);
        }

        @Override
        public void turn() {
            links.values().forEach(SimNetwork.Link::flush);
            isOver = false;
            agenda.in(TURN_NANOS, () -> isOver = true);
            while (!isOver) {
                agenda.next();
            }
        }

        @Override
        public void close() {
            List.copyOf(links.keySet()).forEach(this::stop);
        }
    }
}
