package io.muster.raft;

import io.muster.log.MemberAddresses;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// A few nodes whose members change, with a network that brings everything unless it is cut.
final class MemberCluster {
    private static final int MAX_SETTLING = 1_000;

    private final Map<String, TestPeer> peers = new TreeMap<>();
    private final Set<String> down = new HashSet<>();
    private final Set<String> cuts = new HashSet<>();
    private final List<Letter> letters = new ArrayList<>();
    private long tickets;

    private record Letter(String from, String to, Message message) {}

    /// A cluster of these voters, led by the first; everything is committed and stored everywhere.
    static MemberCluster ledByFirst(String... ids) {
        var cluster = new MemberCluster();
        for (String id : ids) {
            cluster.peers.put(id, TestPeer.voter(id, ids));
        }
        cluster.tick(RaftConfig.DEFAULT.times().electionTicksMin());
        cluster.elect(ids[0]);
        return cluster;
    }

    TestPeer peer(String id) {
        return Objects.requireNonNull(peers.get(id), id);
    }

    /// A node with an empty folder starts.
    TestPeer begin(String id) {
        var peer = new TestPeer(new NodeId(id), RaftConfig.DEFAULT, new Disk(), id.hashCode());
        peers.put(id, peer);
        return peer;
    }

    /// A node starts with an empty folder, is added and has caught up.
    TestPeer addLearner(String id) {
        var peer = begin(id);
        change(leader().id().value(), add(id));
        tick(2 * RaftConfig.DEFAULT.times().electionTicksMin());
        return peer;
    }

    static MemberChange add(String id) {
        return new MemberChange.AddLearner(
                new NodeId(id), new VoterId(id.hashCode(), 1), new MemberAddresses(id + ":1", id + ":2"));
    }

    static NodeId node(String id) {
        return new NodeId(id);
    }

    /// Asks `at` for `change` and lets everything come to rest; returns the answer.
    MemberAnswer change(String at, MemberChange change) {
        ask(at, change);
        settle();
        return answer(at);
    }

    /// Asks `at` for `change`, and no message is brought.
    void ask(String at, MemberChange change) {
        peer(at).drain();
        step(at, new Input.ChangeMembers(++tickets, change));
    }

    /// The last answer of `at` since it was asked.
    MemberAnswer answer(String at) {
        return peer(at).last(Effect.ChangeEnded.class).orElseThrow().answer();
    }

    /// Why `at` refused what it was asked last.
    MemberRefusal refusal(String at) {
        return ((MemberAnswer.Refused) answer(at)).reason();
    }

    TestPeer leader() {
        return peers.values().stream()
                .filter(peer -> !down.contains(peer.id().value()) && peer.isLeader())
                .findFirst()
                .orElseThrow();
    }

    Configuration configuration(String id) {
        return peer(id).raft().configuration();
    }

    void crash(String id) {
        down.add(id);
        letters.removeIf(letter -> letter.from().equals(id) || letter.to().equals(id));
    }

    void restart(String id) {
        down.remove(id);
        peer(id).restart(7);
        peers.keySet().stream()
                .filter(other -> !other.equals(id))
                .forEach(other -> step(other, new Input.PeerRestarted(node(id))));
    }

    /// Nothing that `from` says reaches `to`.
    void cutFrom(String from, String to) {
        cuts.add(from + to);
    }

    void cut(String one, String other) {
        cutFrom(one, other);
        cutFrom(other, one);
    }

    void heal() {
        cuts.clear();
    }

    /// `id` waits in vain for a leader, then everything comes to rest.
    void elect(String id) {
        int ticks = 0;
        while (!peer(id).isLeader() && ticks++ < 200) {
            step(id, new Input.Tick(peer(id).appliedIndex()));
            settle();
        }
    }

    /// Time passes for all, with everything coming to rest after each tick.
    void tick(int times) {
        for (int i = 0; i < times; i++) {
            peers.keySet().forEach(id -> step(id, new Input.Tick(peer(id).appliedIndex())));
            settle();
        }
    }

    /// Syncs what `id` has to write.
    void sync(String id) {
        while (!down.contains(id) && !peer(id).disk().isSynced()) {
            step(id, new Input.Persisted(peer(id).disk().sync()));
        }
    }

    /// Brings every message and syncs every write until nothing moves.
    void settle() {
        for (int i = 0; i < MAX_SETTLING; i++) {
            boolean isQuiet = letters.isEmpty();
            deliver();
            for (String id : List.copyOf(peers.keySet())) {
                isQuiet &= peer(id).disk().isSynced() || down.contains(id);
                sync(id);
            }
            if (isQuiet && letters.isEmpty()) {
                return;
            }
        }
        throw new IllegalStateException("the cluster does not come to rest");
    }

    /// Brings what is on its way now.
    void deliver() {
        var now = List.copyOf(letters);
        letters.clear();
        for (Letter letter : now) {
            if (!cuts.contains(letter.from() + letter.to())) {
                step(letter.to(), new Input.Received(node(letter.from()), letter.message()));
            }
        }
    }

    void step(String id, Input input) {
        if (!peers.containsKey(id) || down.contains(id)) {
            return;
        }
        for (Effect effect : peer(id).step(input)) {
            if (effect instanceof Effect.Send(NodeId to, Message message)) {
                letters.add(new Letter(id, to.value(), message));
            } else {
                for (Input answer : peer(id).served(effect)) {
                    step(id, answer);
                }
            }
        }
    }

    void propose(String id, String text) {
        for (Effect effect : peer(id).propose(text)) {
            if (effect instanceof Effect.Send(NodeId to, Message message)) {
                letters.add(new Letter(id, to.value(), message));
            }
        }
    }
}
