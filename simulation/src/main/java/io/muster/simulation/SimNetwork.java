package io.muster.simulation;

import io.muster.cluster.NodeId;
import io.muster.consensus.Message;
import io.muster.raft.Transport;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The network between all parties: it delays, reorders, repeats and loses, and cuts one way or both.
final class SimNetwork {
    private final Agenda agenda;
    private final Chance chance;
    private final Map<NodeId, End> ends = new LinkedHashMap<>();
    private final Set<Way> cuts = new HashSet<>();
    private int lossOneIn;
    private int repeatOneIn;
    private long slowestMicros = 800;

    SimNetwork(Agenda agenda, Chance chance) {
        this.agenda = agenda;
        this.chance = chance;
    }

    private record Way(String from, String to) {}

    private record End(Transport.Listener listener, long life) {}

    /// Makes the network as bad as a fault says: once in so many messages is lost or repeated, 0 for never.
    void worsen(int nextLossOneIn, int nextRepeatOneIn, long nextSlowestMicros) {
        lossOneIn = nextLossOneIn;
        repeatOneIn = nextRepeatOneIn;
        slowestMicros = nextSlowestMicros;
    }

    void cut(String from, String to) {
        cuts.add(new Way(from, to));
    }

    /// Mends every cut and every weakness.
    void heal() {
        cuts.clear();
        worsen(0, 0, 800);
    }

    boolean isCut(String from, String to) {
        return cuts.contains(new Way(from, to));
    }

    /// The transport of `self` in its life number `life`.
    Transport transport(NodeId self, long life) {
        return new Link(self, life);
    }

    /// A node listens: the others' connections to it open.
    void up(NodeId self, long life, Transport.Listener listener) {
        ends.put(self, new End(listener, life));
        ends.forEach((peer, end) -> {
            if (!peer.equals(self)) {
                agenda.in(delay(), () -> connected(peer, self, life));
                agenda.in(delay(), () -> connected(self, peer, end.life));
            }
        });
    }

    /// A node's process is gone: whoever can reach its machine is refused a connection.
    void down(NodeId self) {
        ends.remove(self);
        for (NodeId peer : List.copyOf(ends.keySet())) {
            agenda.in(delay(), () -> vanished(peer, self));
        }
    }

    /// Everyone else takes the process of `alive` for gone, as when a proxy before it dies: it lives, and its
    /// connections close and are refused.
    void seemGone(NodeId alive) {
        for (NodeId peer : List.copyOf(ends.keySet())) {
            if (!peer.equals(alive)) {
                agenda.in(delay(), () -> {
                    var end = ends.get(peer);
                    if (end != null) {
                        end.listener.vanished(alive);
                    }
                });
            }
        }
    }

    /// Brings `act` from one party to another, unless the network says otherwise; for what is not a consensus message.
    void carry(String from, String to, Runnable act) {
        if (isCut(from, to) || chance.oneIn(lossOneIn)) {
            return;
        }
        agenda.in(delay(), () -> {
            if (!isCut(from, to)) {
                act.run();
            }
        });
    }

    private long delay() {
        return chance.nanos(50, chance.oneIn(100) ? slowestMicros * 20 : slowestMicros);
    }

    private void connected(NodeId at, NodeId peer, long life) {
        var end = ends.get(at);
        var other = ends.get(peer);
        if (end != null && other != null && other.life == life && !isCut(peer.value(), at.value())) {
            end.listener.connected(peer);
        }
    }

    private void vanished(NodeId at, NodeId peer) {
        var end = ends.get(at);
        if (end != null && !ends.containsKey(peer) && !isCut(at.value(), peer.value())) {
            end.listener.vanished(peer);
        }
    }

    private final class Link implements Transport {
        private final NodeId self;
        private final long life;

        Link(NodeId self, long life) {
            this.self = self;
            this.life = life;
        }

        @Override
        public void send(NodeId to, Message message) {
            var end = ends.get(to);
            if (end == null) {
                return;
            }
            carry(self.value(), to.value(), () -> deliver(to, end.life, message));
            if (chance.oneIn(repeatOneIn)) {
                carry(self.value(), to.value(), () -> deliver(to, end.life, message));
            }
        }

        private void deliver(NodeId to, long toLife, Message message) {
            var end = ends.get(to);
            var own = ends.get(self);
            if (end != null && end.life == toLife && own != null && own.life == life) {
                end.listener.received(self, message);
            }
        }

        @Override
        public void flush() {
            // Messages left with send.
        }

        @Override
        public PeerView peer(NodeId peer) {
            return new PeerView(ends.containsKey(peer), peer.value(), 1, new TreeMap<>(), 0);
        }
    }
}
