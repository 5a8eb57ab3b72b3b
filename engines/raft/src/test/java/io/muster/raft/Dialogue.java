package io.muster.raft;

import io.muster.encoding.Bytes;
import io.muster.log.LogTime;
import io.muster.log.MemberChange;
import io.muster.log.NodeId;
import io.muster.log.Successor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Plays a script line by line and tells what every node does. `src/test/resources/dialogues/README.md` lists the
/// commands.
final class Dialogue {
    private static final int MAX_SETTLING = 1_000;

    private final Map<String, TestPeer> peers = new TreeMap<>();
    private final Map<String, TestPeer> downed = new TreeMap<>();
    private final List<Letter> letters = new ArrayList<>();
    private final Set<String> cuts = new HashSet<>();
    private final List<String> told = new ArrayList<>();
    private boolean isHidingHeartbeats;
    private RaftConfig config = RaftConfig.DEFAULT;

    /// Plays one command and returns what happened, a line each.
    List<String> play(String command) {
        var words = List.of(command.split(" ", -1));
        var rest = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "cluster" -> gather(rest);
            case "limits" -> limit(Integer.parseInt(rest.get(0)), Integer.parseInt(rest.get(1)));
            case "keep" -> keep(Integer.parseInt(rest.getFirst()));
            case "hide-heartbeats" -> isHidingHeartbeats = true;
            case "show-heartbeats" -> isHidingHeartbeats = false;
            case "quietly" -> {
                play(String.join(" ", rest));
                told.clear();
            }
            case "tick" -> tick(rest);
            case "campaign" -> campaign(peer(rest.getFirst()));
            case "deliver" -> deliver(rest);
            case "lose" -> lose(rest);
            case "sync" -> rest.forEach(name -> sync(peer(name)));
            case "settle" -> settle();
            case "propose" -> rest.subList(1, rest.size()).forEach(text -> propose(peer(rest.getFirst()), text));
            case "read" -> step(peer(rest.get(0)), new Input.BarrierAsked(Long.parseLong(rest.get(1))));
            case "hand-over" ->
                step(peer(rest.getFirst()), new Input.TransferAsked(1, successor(rest.subList(1, rest.size()))));
            case "begin" -> rest.forEach(this::begin);
            case "change" ->
                step(peer(rest.getFirst()), new Input.ChangeMembers(1, change(rest.subList(1, rest.size()))));
            case "vanished" -> step(peer(rest.get(0)), new Input.LeaderVanished(new NodeId(rest.get(1))));
            case "serve" -> rest.forEach(name -> serve(peer(name)));
            case "snapshot" ->
                rest.forEach(name -> peer(name).snapshot(" of " + name).forEach(input -> step(peer(name), input)));
            case "damage" -> downed(rest.getFirst()).disk().snapshots().damageNewest();
            case "crash" -> crash(rest.getFirst());
            case "restart" -> restart(rest.getFirst());
            case "cut" ->
                Arrays.asList(rest.get(0) + rest.get(1), rest.get(1) + rest.get(0))
                        .forEach(cuts::add);
            case "cut-from" -> cuts.add(rest.get(0) + rest.get(1));
            case "heal" -> cuts.clear();
            case "log" -> rest.forEach(name -> told.add(name + " has: " + DialogueWords.log(peer(name))));
            case "roles" -> peers.values().forEach(peer -> told.add(role(peer)));
            case "store" -> store(rest);
            default -> throw new IllegalArgumentException("no such command: " + command);
        }
        var lines = List.copyOf(told);
        told.clear();
        return lines;
    }

    /// A node with an empty folder starts.
    private void begin(String name) {
        peers.put(name, new TestPeer(new NodeId(name), config, new Disk(), name.hashCode()));
    }

    private static MemberChange change(List<String> words) {
        var node = new NodeId(words.get(1));
        return switch (words.getFirst()) {
            case "add" -> MemberCluster.add(words.get(1));
            case "promote" -> new MemberChange.Promote(node);
            case "demote" -> new MemberChange.Demote(node);
            case "remove" -> new MemberChange.Remove(node);
            case "replace" -> new MemberChange.Replace(new NodeId(words.get(2)), node);
            default -> throw new IllegalArgumentException("no such change: " + words);
        };
    }

    private static Successor successor(List<String> name) {
        return name.isEmpty() ? Successor.ANYONE : new Successor.Named(new NodeId(name.getFirst()));
    }

    private void gather(List<String> names) {
        for (String name : names) {
            peers.put(name, TestPeer.voter(config, name, names.toArray(String[]::new)));
        }
    }

    /// Must stand before `cluster`: how many appends, and how many bytes of them, may be on their way.
    private void limit(int appends, int bytes) {
        config = new RaftConfig(config.times(), new RaftConfig.Appends(1 << 20, appends, bytes), config.memory());
    }

    /// Must stand before `cluster`: how many bytes of the log stay when it is cut.
    private void keep(int bytes) {
        config = Configs.keeping(config, bytes);
    }

    /// The last word is how often; without names everyone's clock ticks.
    private void tick(List<String> words) {
        int times = Integer.parseInt(words.getLast());
        var names = words.size() == 1 ? List.copyOf(peers.keySet()) : words.subList(0, words.size() - 1);
        for (int i = 0; i < times; i++) {
            names.forEach(name -> step(peer(name), new Input.Tick(peer(name).appliedIndex())));
        }
    }

    private void campaign(TestPeer peer) {
        int ticks = 0;
        while (peer.status().role() != RaftStatus.MemberRole.PRE_CANDIDATE
                && ticks++ < 2 * config.times().electionTicksMax()) {
            step(peer, new Input.Tick(peer.appliedIndex()));
        }
    }

    private void deliver(List<String> receivers) {
        var now = List.copyOf(letters);
        letters.clear();
        for (Letter letter : now) {
            if (!letter.isMeant(receivers)) {
                letters.add(letter);
            } else if (cuts.contains(letter.from() + letter.to())) {
                tell(letter.message(), letter.to() + " does not hear " + letter.from());
            } else if (peers.containsKey(letter.to())) {
                tell(
                        letter.message(),
                        letter.to() + " hears " + letter.from() + ": " + DialogueWords.say(letter.message()));
                step(peer(letter.to()), new Input.Received(new NodeId(letter.from()), letter.message()));
            }
        }
    }

    private void lose(List<String> receivers) {
        letters.removeIf(letter -> letter.isMeant(receivers));
    }

    private void sync(TestPeer peer) {
        var tickets = new ArrayList<Long>();
        while (!peer.disk().isSynced()) {
            tickets.add(peer.disk().sync());
        }
        for (long ticket : tickets) {
            told.add(peer.id() + " has synced #" + ticket);
            step(peer, new Input.Persisted(ticket));
        }
    }

    private void settle() {
        for (int i = 0; i < MAX_SETTLING; i++) {
            deliver(List.of());
            boolean isQuiet = letters.isEmpty();
            for (TestPeer peer : List.copyOf(peers.values())) {
                isQuiet &= peer.disk().isSynced();
                sync(peer);
                isQuiet &= !serve(peer);
            }
            if (isQuiet && letters.isEmpty()) {
                return;
            }
        }
        throw new IllegalStateException("the cluster does not come to rest");
    }

    /// Answers what the node has asked of its disk; returns whether there was anything.
    private boolean serve(TestPeer peer) {
        boolean isBusy = false;
        for (Effect effect : peer.drain()) {
            for (Input answer : peer.served(effect)) {
                isBusy = true;
                step(peer, answer);
            }
        }
        return isBusy;
    }

    private TestPeer downed(String name) {
        return Objects.requireNonNull(downed.get(name), name);
    }

    private void propose(TestPeer peer, String text) {
        took(peer, peer.propose(text));
    }

    private void crash(String name) {
        letters.removeIf(letter -> letter.from().equals(name) || letter.to().equals(name));
        downed.put(name, peer(name));
        peers.remove(name);
    }

    private void restart(String name) {
        var peer = Objects.requireNonNull(downed.remove(name));
        peer.restart(2);
        peers.put(name, peer);
        told.add(role(peer));
        for (TestPeer other : peers.values()) {
            step(other, new Input.PeerRestarted(peer.id()));
        }
    }

    /// `store a 3 2/1 3/3`: the node starts again in term 3 with these one-entry batches after the first.
    private void store(List<String> words) {
        var peer = peer(words.getFirst());
        var batches = new ArrayList<Batch>();
        batches.add(peer.disk().batches().getFirst());
        for (String place : words.subList(2, words.size())) {
            var parts = place.split("/", -1);
            long index = Long.parseLong(parts[0]);
            var head =
                    new Batch.Head(index, 1, Long.parseLong(parts[1]), BatchKind.COMMANDS, new LogTime(index, index));
            batches.add(Batch.seal(head, Bytes.utf8("x" + parts[0])));
        }
        peer.disk().store(new VoteState(Long.parseLong(words.get(1)), Optional.empty()), batches);
        peer.restart(2);
    }

    private void step(TestPeer peer, Input input) {
        took(peer, peer.step(input));
    }

    private void took(TestPeer peer, List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send) {
                letters.add(new Letter(peer.id().value(), send.to().value(), send.message()));
                DialogueWords.tell(peer.id().value(), effect).ifPresent(line -> tell(send.message(), "  " + line));
            } else if (!(isHidingHeartbeats && effect instanceof Effect.RoundConfirmed)) {
                DialogueWords.tell(peer.id().value(), effect).ifPresent(line -> told.add("  " + line));
            }
        }
    }

    private void tell(Message message, String line) {
        boolean isHeartbeat = message instanceof Message.Heartbeat || message instanceof Message.HeartbeatReply;
        if (!(isHidingHeartbeats && isHeartbeat)) {
            told.add(line);
        }
    }

    private static String role(TestPeer peer) {
        var status = peer.status();
        return peer.id() + " is "
                + status.role().name().toLowerCase(Locale.ROOT).replace('_', '-') + " in term " + status.term()
                + ", log to " + status.lastIndex() + ", committed " + status.commitIndex();
    }

    private TestPeer peer(String name) {
        return Objects.requireNonNull(peers.get(name), name);
    }

    private record Letter(String from, String to, Message message) {
        /// Whether one of `words` names its receiver (`b`) or its way (`a>b`); no words at all mean every letter.
        boolean isMeant(List<String> words) {
            return words.isEmpty() || words.contains(to) || words.contains(from + ">" + to);
        }
    }
}
