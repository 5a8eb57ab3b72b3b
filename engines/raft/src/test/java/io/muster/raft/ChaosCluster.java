package io.muster.raft;

import io.muster.log.NodeId;
import io.muster.log.Successor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A few nodes, a network that loses, repeats and reorders, and disks that forget: all from one seed.
final class ChaosCluster {
    /// Small enough that batches leave the memory, appends are split, pipelines fill up and leaders change often
    /// within a short run.
    private static final RaftConfig CONFIG = new RaftConfig(
            new RaftConfig.Times(5, 10, 2, 2, 6, 60, 40),
            new RaftConfig.Appends(200, 3, 400),
            new RaftConfig.MemoryLimits(300, 100, 4_000, 100));

    private final SplitMix64 random;
    private final SafetyOracle oracle;
    private final Map<NodeId, TestPeer> peers = new LinkedHashMap<>();
    private final ChaosCoverage seen;
    private final Set<NodeId> down = new HashSet<>();
    private final Set<List<NodeId>> cuts = new HashSet<>();
    private final ArrayList<Letter> letters = new ArrayList<>();
    private final ArrayList<Reading> readings = new ArrayList<>();
    private final int syncs;
    private final int crashes;
    private final int cutsMade;
    private final int lostPercent;
    private long tickets;

    ChaosCluster(long seed, int size, ChaosCoverage seen) {
        this.seen = seen;
        random = new SplitMix64(seed);
        syncs = 20 + random.below(200);
        crashes = random.below(16);
        cutsMade = random.below(6);
        lostPercent = random.below(25);
        var ids = List.of("a", "b", "c", "d", "e").subList(0, size);
        var voters = TestPeer.voters(ids.toArray(String[]::new));
        oracle = new SafetyOracle(voters);
        for (NodeId id : voters.voters()) {
            var peer = new TestPeer(id, CONFIG, Disk.bootstrapped(voters), random.next());
            peers.put(id, peer);
            oracle.started(peer);
        }
    }

    /// Lets one random thing happen.
    void act() {
        int dice = random.below(1_000);
        if (dice < 300) {
            tick(anyone());
        } else if (dice < 650) {
            carry();
        } else if (dice < 650 + syncs) {
            sync(anyone());
        } else if (dice < 900) {
            propose(anyone());
        } else if (dice < 915) {
            ask(anyone());
        } else if (dice < 917) {
            spreadRumour(anyone(), anyone());
        } else if (dice < 920) {
            snapshot(anyone());
        } else if (dice < 960) {
            serveRead();
        } else if (dice < 960 + crashes) {
            crash(anyone());
        } else if (dice < 985) {
            revive();
        } else if (dice < 985 + cutsMade) {
            cut();
        } else if (dice < 995) {
            proposeEverywhere();
        } else if (dice < 999) {
            handOver(anyone(), anyone());
        } else {
            cuts.clear();
        }
    }

    /// Ends all trouble and lets `rounds` ticks pass in good order.
    void heal(int rounds) {
        cuts.clear();
        while (!down.isEmpty()) {
            revive();
        }
        for (int i = 0; i < rounds; i++) {
            peers.values().forEach(this::tick);
            settle();
        }
    }

    /// Carries every message and syncs every write until nothing moves.
    void settle() {
        boolean isMoving = true;
        while (isMoving) {
            isMoving = !letters.isEmpty() || !readings.isEmpty();
            while (!letters.isEmpty()) {
                deliver(letters.removeFirst());
            }
            while (!readings.isEmpty()) {
                serveRead();
            }
            for (TestPeer peer : peers.values()) {
                while (!peer.disk().isSynced()) {
                    isMoving = true;
                    sync(peer);
                }
            }
        }
    }

    /// Proposes on every node that believes to lead.
    void proposeEverywhere() {
        peers.values().forEach(this::propose);
    }

    List<TestPeer> peers() {
        return List.copyOf(peers.values());
    }

    long committedIndex() {
        return oracle.committedIndex();
    }

    private void tick(TestPeer peer) {
        step(peer, new Input.Tick(peer.appliedIndex()));
    }

    private void step(TestPeer peer, Input input) {
        if (!down.contains(peer.id())) {
            took(peer, peer.step(input));
        }
    }

    private void took(TestPeer peer, List<Effect> effects) {
        for (Effect effect : effects) {
            oracle.saw(peer, effect, peers.values());
            if (effect instanceof Effect.Send send) {
                letters.add(new Letter(peer.id(), send.to(), send.message()));
            } else if (effect instanceof Effect.ReadBatches
                    || effect instanceof Effect.ReadPiece
                    || effect instanceof Effect.StorePiece) {
                readings.add(new Reading(peer.id(), effect));
            }
            seen.count(effect);
        }
        peer.drain();
    }

    /// Takes a letter from near the front, so that most arrive in order; some are lost, some arrive twice.
    private void carry() {
        if (letters.isEmpty()) {
            return;
        }
        int dice = random.below(100);
        int position = dice < 80 ? 0 : random.below(letters.size());
        var letter = dice < 97 ? letters.remove(position) : letters.get(position);
        boolean isLost = random.below(100) < lostPercent;
        if (!isLost) {
            deliver(letter);
        }
    }

    private void deliver(Letter letter) {
        if (!cuts.contains(List.of(letter.from(), letter.to()))) {
            step(peer(letter.to()), new Input.Received(letter.from(), letter.message()));
        }
    }

    private void sync(TestPeer peer) {
        if (!down.contains(peer.id()) && !peer.disk().isSynced()) {
            step(peer, new Input.Persisted(peer.disk().sync()));
        }
    }

    private void propose(TestPeer peer) {
        if (!down.contains(peer.id()) && peer.isLeader()) {
            took(peer, peer.propose("x".repeat(1 + random.below(120))));
        }
    }

    private void snapshot(TestPeer peer) {
        if (!down.contains(peer.id())) {
            peer.snapshot(" and more".repeat(random.below(8))).forEach(input -> step(peer, input));
        }
    }

    private void ask(TestPeer peer) {
        if (!down.contains(peer.id())) {
            oracle.barrierAsked(++tickets);
            step(peer, new Input.BarrierAsked(tickets));
        }
    }

    private void handOver(TestPeer leader, TestPeer successor) {
        var to = random.below(2) == 0 ? Successor.ANYONE : new Successor.Named(successor.id());
        step(leader, new Input.TransferAsked(++tickets, to));
    }

    private void serveRead() {
        if (readings.isEmpty()) {
            return;
        }
        var node = readings.get(random.below(readings.size())).node();
        var reading = readings.stream()
                .filter(each -> each.node().equals(node))
                .findFirst()
                .orElseThrow();
        readings.remove(reading);
        var peer = peer(node);
        peer.served(reading.wanted()).forEach(answer -> step(peer, answer));
    }

    /// Kills a node; some of the others notice at once that its process is gone.
    private void crash(TestPeer victim) {
        if (down.add(victim.id())) {
            readings.removeIf(reading -> reading.node().equals(victim.id()));
            for (TestPeer peer : peers.values()) {
                if (random.below(2) == 0) {
                    step(peer, new Input.LeaderVanished(victim.id()));
                }
            }
        }
    }

    /// Tells a node that another vanished or restarted, which need not be true: no rumour may cost safety.
    private void spreadRumour(TestPeer listener, TestPeer subject) {
        step(listener, new Input.LeaderVanished(subject.id()));
        step(listener, new Input.PeerRestarted(subject.id()));
    }

    private void revive() {
        if (down.isEmpty()) {
            return;
        }
        var peer = peers.values().stream()
                .filter(each -> down.contains(each.id()))
                .findFirst()
                .orElseThrow();
        down.remove(peer.id());
        peer.restart(random.next());
        oracle.started(peer);
        for (TestPeer other : peers.values()) {
            step(other, new Input.PeerRestarted(peer.id()));
        }
    }

    /// Cuts the way from one node to another, in this direction only.
    private void cut() {
        cuts.add(List.of(anyone().id(), anyone().id()));
    }

    private TestPeer peer(NodeId id) {
        return Objects.requireNonNull(peers.get(id));
    }

    private TestPeer anyone() {
        return List.copyOf(peers.values()).get(random.below(peers.size()));
    }

    private record Letter(NodeId from, NodeId to, Message message) {}

    private record Reading(NodeId node, Effect wanted) {}
}
