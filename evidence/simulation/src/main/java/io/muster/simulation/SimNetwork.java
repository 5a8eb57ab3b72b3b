package io.muster.simulation;

import io.muster.log.EngineReport.LinkState;
import io.muster.log.EngineReport.PeerLink;
import io.muster.log.NodeId;
import io.muster.raft.Configuration;
import io.muster.raft.FoundingStatus;
import io.muster.raft.Message;
import io.muster.raft.StoredConfiguration;
import io.muster.raftruntime.ClockMeter;
import io.muster.raftruntime.Transport;
import io.muster.state.StateDigests;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The network between all parties: it delays, reorders, repeats, loses and holds back, and is cut one way or both.
///
/// Like the real transport it has a connection of its own in each direction between two nodes. Nothing is sent on one
/// before the sender has taken in that it opened, and nothing reaches a later life of the receiver; but what a process
/// said before it died may arrive long after its next life began, since the receiver reads it from a buffer of its own.
final class SimNetwork {
    private static final int USUAL_DELAY_MICROS = 800;
    /// When one that was refused dials again: it may have been added meanwhile.
    private static final long REFUSED_NANOS = 50_000_000;

    private static final long BEAT_NANOS = 200_000_000;
    private static final long BEAT_DELAY_NANOS = 400_000;

    private final Agenda agenda;
    private final Chance chance;
    private final Oracle oracle;
    private final Map<NodeId, End> ends = new LinkedHashMap<>();
    private final NetworkPaths paths;
    private int lossOneIn;
    private int repeatOneIn;
    private int slowestMicros = USUAL_DELAY_MICROS;

    SimNetwork(Agenda agenda, Chance chance, Oracle oracle) {
        this.agenda = agenda;
        this.chance = chance;
        this.oracle = oracle;
        paths = new NetworkPaths(agenda);
    }

    /// @param foundingStatus who the process says it is
    private record End(Transport.Listener listener, long life, Link link, FoundingStatus foundingStatus) {
        /// Whether this process takes a node that comes under the name `peer` with `said` for that
        /// voter.
        ///
        /// One whose log is older than the other's cannot know that another was added under an old name
        /// meanwhile; it would refuse its own leader.
        boolean admits(NodeId peer, End other) {
            var own = link.members.get();
            var said = other.foundingStatus.identity();
            if (own.equals(StoredConfiguration.NONE)) {
                return !foundingStatus.rejects(peer, said);
            }
            var theirs = other.link.members.get();
            boolean isNewer = theirs.index() > own.index()
                    && said.equals(theirs.configuration().identities().get(peer));
            return isNewer
                    || own.configuration().identities().getOrDefault(peer, said).equals(said);
        }

        /// Tells the process something, which runs its loop soon.
        void tell(Consumer<Transport.Listener> what) {
            what.accept(listener);
            link.bell.run();
        }
    }

    /// What single paths suffer: cuts, slowness, mail that is held.
    NetworkPaths paths() {
        return paths;
    }

    /// Makes the network as bad as a fault says: once in so many messages is lost or repeated, 0 for never.
    void worsen(int nextLossOneIn, int nextRepeatOneIn, int nextSlowestMicros) {
        lossOneIn = nextLossOneIn;
        repeatOneIn = nextRepeatOneIn;
        slowestMicros = nextSlowestMicros;
    }

    /// The network is sound again.
    void calm() {
        worsen(0, 0, USUAL_DELAY_MICROS);
    }

    /// Mends every cut and every weakness.
    void heal() {
        paths.heal();
        calm();
    }

    boolean isCut(String from, String to) {
        return paths.isCut(from, to);
    }

    /// The transport of `self` in its life number `life`; `bell` is rung when it has told its listener something.
    Link transport(NodeId self, long life, SimClocks clocks, Runnable bell) {
        return new Link(self, life, clocks, bell);
    }

    /// A node listens: the connections between it and the others open, each way by itself.
    void up(NodeId self, FoundingStatus foundingStatus, Link link, Transport.Listener listener) {
        long life = link.life;
        ends.put(self, new End(listener, life, link, foundingStatus));
        ends.forEach((peer, end) -> {
            if (!peer.equals(self)) {
                agenda.in(delay(), () -> connected(peer, end.life, self, life));
                agenda.in(delay(), () -> connected(self, life, peer, end.life));
            }
        });
    }

    /// What those whom a node without a log can reach say of themselves when it dials them.
    Map<NodeId, FoundingStatus> greet(NodeId self) {
        var heard = new LinkedHashMap<NodeId, FoundingStatus>();
        ends.forEach((peer, end) -> {
            if (!isCut(self.value(), peer.value()) && !isCut(peer.value(), self.value())) {
                heard.put(peer, end.foundingStatus);
            }
        });
        return heard;
    }

    /// A node's process is gone: peers that can reach its machine are refused a connection.
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
                        end.tell(listener -> listener.vanished(alive));
                    }
                });
            }
        }
    }

    /// Lets `to` receive what `from` has never said.
    void forge(NodeId from, NodeId to, Message message) {
        var end = ends.get(to);
        if (end != null) {
            end.tell(listener -> listener.received(from, message));
        }
    }

    /// Brings `act` from one party to another, unless the network says otherwise; for what is not a consensus message.
    void carry(String from, String to, Runnable act) {
        if (isCut(from, to) || chance.oneIn(lossOneIn)) {
            return;
        }
        agenda.in(paths.nanos(from, to, delay(), chance), () -> {
            if (!isCut(from, to)) {
                act.run();
            }
        });
    }

    private long delay() {
        return chance.nanos(50, chance.oneIn(100) ? slowestMicros * 20 : slowestMicros);
    }

    /// The connection from `at` to `peer` opens; a cut in either direction keeps it from that until it is mended.
    private void connected(NodeId at, long atLife, NodeId peer, long life) {
        var end = ends.get(at);
        var other = ends.get(peer);
        if (end == null || other == null || end.life != atLife || other.life != life) {
            return;
        }
        if (isCut(peer.value(), at.value()) || isCut(at.value(), peer.value())) {
            agenda.in(chance.nanos(5_000, 50_000), () -> connected(at, atLife, peer, life));
            return;
        }
        if (end.admits(peer, other) && other.admits(at, end)) {
            end.link.opened(peer, life);
            end.tell(listener -> listener.connected(peer));
        } else {
            agenda.in(REFUSED_NANOS, () -> connected(at, atLife, peer, life));
        }
    }

    private void vanished(NodeId at, NodeId peer) {
        var end = ends.get(at);
        if (end != null && !ends.containsKey(peer) && !isCut(at.value(), peer.value())) {
            end.tell(listener -> listener.vanished(peer));
        }
    }

    /// One life's way to the other nodes.
    final class Link implements Transport {
        private final NodeId self;
        private final long life;
        private final SimClocks clocks;
        private final Runnable bell;
        private final Map<NodeId, ClockMeter> meters = new TreeMap<>();
        private final Map<NodeId, Long> opening = new TreeMap<>();
        private final Map<NodeId, Long> open = new TreeMap<>();
        private Supplier<StoredConfiguration> members = () -> StoredConfiguration.NONE;
        private long nextBeatNanos;
        private final Map<NodeId, SortedMap<Long, Long>> told = new TreeMap<>();

        private Link(NodeId self, long life, SimClocks clocks, Runnable bell) {
            this.self = self;
            this.life = life;
            this.clocks = clocks;
            this.bell = bell;
        }

        @Override
        public void send(NodeId to, Message message) {
            var end = ends.get(to);
            if (end == null || open.getOrDefault(to, 0L) != end.life) {
                return;
            }
            oracle.messages().said(self, to, message);
            long wallMicros = clocks.wallMicros();
            for (int copies = chance.oneIn(repeatOneIn) ? 2 : 1; copies > 0; copies--) {
                carry(self.value(), to.value(), () -> deliver(to, end.life, message, wallMicros));
            }
        }

        /// Who takes part, as the process knows.
        void knows(Supplier<StoredConfiguration> configuration) {
            members = configuration;
        }

        private void deliver(NodeId to, long toLife, Message message, long wallMicros) {
            var end = ends.get(to);
            if (end != null && end.life == toLife) {
                oracle.messages().delivered(self, to, message);
                end.link.meter(self).note(wallMicros, end.link.clocks.nanos());
                end.tell(listener -> listener.received(self, message));
            }
        }

        /// Every node can reach every other: who takes part is for the core to say.
        @Override
        public void members(Configuration configuration) {}

        @Override
        public void membersCommitted() {}

        /// Everything that had arrived is taken in: what has opened is known to be open.
        @Override
        public void flush() {
            open.putAll(opening);
            opening.clear();
            beat();
        }

        /// Says to all what this node's clock shows, as the real transport does where nothing else is said.
        private void beat() {
            if (agenda.nowNanos() < nextBeatNanos) {
                return;
            }
            nextBeatNanos = agenda.nowNanos() + BEAT_NANOS;
            long wallMicros = clocks.wallMicros();
            open.forEach((to, toLife) -> agenda.in(BEAT_DELAY_NANOS, () -> {
                var end = ends.get(to);
                if (end != null && end.life == toLife && !isCut(self.value(), to.value())) {
                    end.link.meter(self).note(wallMicros, end.link.clocks.nanos());
                }
            }));
        }

        @Override
        public PeerView peer(NodeId peer) {
            var offset = meter(peer).offsetMicros(clocks.nanos());
            return new PeerView(ends.containsKey(peer), peer.value(), 1, new TreeMap<>(), 0, offset);
        }

        @Override
        public PeerLink link(NodeId peer) {
            var state = ends.containsKey(peer) ? LinkState.OPEN : LinkState.REFUSED;
            return new PeerLink(peer, state, "", OptionalLong.empty());
        }

        /// Tells everybody within reach this node's digests, as the real transport does where they are new.
        void tell(String digests) {
            if (digests.isEmpty()) {
                return;
            }
            ends.forEach((peer, end) -> {
                if (!peer.equals(self)) {
                    carry(self.value(), peer.value(), () -> end.link.told.put(self, StateDigests.parse(digests)));
                }
            });
        }

        /// What the others have told of their digests.
        Map<NodeId, SortedMap<Long, Long>> told() {
            return told;
        }

        private ClockMeter meter(NodeId peer) {
            return meters.computeIfAbsent(peer, _ -> new ClockMeter());
        }

        private void opened(NodeId peer, long peerLife) {
            opening.put(peer, peerLife);
        }

        @Override
        public String toString() {
            return self + " in life " + life;
        }
    }
}
