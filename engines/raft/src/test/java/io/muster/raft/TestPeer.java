package io.muster.raft;

import io.muster.encoding.Bytes;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A node under test: the core, its disk, and everything that came out of it.
final class TestPeer {
    private final NodeId id;
    private final RaftConfig config;
    private final Disk disk;
    private final List<Effect> seen = new ArrayList<>();
    private Raft raft;
    private long micros = 1_000;
    private boolean isApplyHung;
    private long applied;

    TestPeer(NodeId id, RaftConfig config, Disk disk, long seed) {
        this.id = id;
        this.config = config;
        this.disk = disk;
        raft = new Raft(config, id, seed, disk.restore(config.memory().windowBytes()));
    }

    /// One of the voters `ids`, with the default configuration and the log that every voter starts with.
    static TestPeer voter(String id, String... ids) {
        return voter(RaftConfig.DEFAULT, id, ids);
    }

    static TestPeer voter(RaftConfig config, String id, String... ids) {
        return new TestPeer(new NodeId(id), config, Disk.bootstrapped(voters(ids)), id.hashCode());
    }

    static Configuration voters(String... ids) {
        return Configuration.of(nodes(ids));
    }

    static List<NodeId> nodes(String... ids) {
        var nodes = new ArrayList<NodeId>();
        for (String each : ids) {
            nodes.add(new NodeId(each));
        }
        return nodes;
    }

    NodeId id() {
        return id;
    }

    Raft raft() {
        return raft;
    }

    Disk disk() {
        return disk;
    }

    RaftStatus status() {
        return raft.status();
    }

    boolean isLeader() {
        return status().role() == RaftStatus.MemberRole.LEADER;
    }

    /// Steps the core and hands its write to the disk; the effects are also kept for [#sent] and [#effects].
    List<Effect> step(Input input) {
        var effects = raft.step(input);
        for (Effect effect : effects) {
            if (effect instanceof Effect.Persist persist) {
                disk.write(persist);
            } else if (effect instanceof Effect.CutPrefix cut) {
                disk.cutPrefix(cut);
            } else if (effect instanceof Effect.PinSnapshots pins) {
                disk.snapshots().pin(pins);
            }
        }
        seen.addAll(effects);
        return effects;
    }

    List<Effect> receive(String from, Message message) {
        return step(new Input.Received(new NodeId(from), message));
    }

    List<Effect> propose(String text) {
        return step(new Input.Proposed(1, new LogTime(++micros, micros), Bytes.utf8(text)));
    }

    /// The state machine gets stuck, or goes on again.
    void hangApply(boolean isHung) {
        isApplyHung = isHung;
    }

    /// A state machine that does not hang keeps up with what is committed.
    long appliedIndex() {
        if (!isApplyHung) {
            applied = status().commitIndex();
        }
        return applied;
    }

    void tick(int times) {
        for (int i = 0; i < times; i++) {
            step(new Input.Tick(appliedIndex()));
        }
    }

    /// Ticks until it plays `role`, for at most two full election timeouts; returns how many ticks that took.
    int tickUntil(RaftStatus.MemberRole role) {
        int ticks = 0;
        while (status().role() != role && ticks < 2 * config.times().electionTicksMax()) {
            tick(1);
            ticks++;
        }
        return ticks;
    }

    /// Syncs every write, and the writes that follow from that.
    void sync() {
        while (!disk.isSynced()) {
            step(new Input.Persisted(disk.sync()));
        }
    }

    /// Serves the reads that were asked for since the last look, and stores the pieces.
    void serveReads() {
        for (Effect effect : drain()) {
            served(effect).forEach(this::step);
        }
    }

    /// What the disk answers to `effect`.
    List<Input> served(Effect effect) {
        return switch (effect) {
            case Effect.ReadBatches read -> List.of(new Input.BatchesRead(read.ticket(), disk.read(read)));
            case Effect.ReadPiece read -> disk.snapshots().read(read);
            case Effect.StorePiece piece -> disk.snapshots().store(piece);
            case Effect.Persist _,
                    Effect.CutPrefix _,
                    Effect.PinSnapshots _,
                    Effect.InstallState _,
                    Effect.Send _,
                    Effect.Appended _,
                    Effect.Refused _,
                    Effect.Committed _,
                    Effect.LeadershipChanged _,
                    Effect.RoundSent _,
                    Effect.RoundConfirmed _,
                    Effect.LeaseGivenUp _,
                    Effect.ConfigurationChanged _,
                    Effect.Removed _,
                    Effect.Answer _ -> List.of();
        };
    }

    /// Takes a snapshot of all that is committed and synced here, where that is more than the last one
    /// has; returns what the core is to be told of it.
    List<Input> snapshot(String content) {
        long index = Math.min(status().commitIndex(), disk.lastIndex());
        var last = disk.batches().stream()
                .filter(batch -> batch.lastIndex() == index)
                .findFirst();
        boolean isNew = disk.snapshots().kept().stream().allMatch(meta -> meta.lastIndex() < index);
        if (last.isEmpty() || !isNew) {
            return List.of();
        }
        return raft.describe(index, last.get().time()).stream()
                .map(meta -> {
                    disk.snapshots().add(meta, Bytes.utf8("state up to " + index + content));
                    return (Input) new Input.SnapshotsKept(disk.snapshots().kept());
                })
                .toList();
    }

    /// Loses everything that was not synced and starts again.
    void restart(long seed) {
        disk.forgetUnsynced();
        seen.clear();
        raft = new Raft(config, id, seed, disk.restore(config.memory().windowBytes()));
    }

    /// What came out since the last look, messages included.
    List<Effect> drain() {
        var drained = List.copyOf(seen);
        seen.clear();
        return drained;
    }

    /// The messages to `to` since the last [#drain].
    List<Message> sent(String to) {
        return seen.stream()
                .filter(effect ->
                        effect instanceof Effect.Send send && send.to().equals(new NodeId(to)))
                .map(effect -> ((Effect.Send) effect).message())
                .toList();
    }

    /// The messages of one kind to `to` since the last [#drain].
    <M extends Message> List<M> sent(String to, Class<M> kind) {
        return sent(to).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// The effects of one kind since the last [#drain].
    <E extends Effect> List<E> effects(Class<E> kind) {
        return seen.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// The last effect of one kind since the last [#drain].
    <E extends Effect> Optional<E> last(Class<E> kind) {
        var all = effects(kind);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }
}
