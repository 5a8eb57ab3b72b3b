package io.muster.raftruntime;

import io.muster.log.EngineException;
import io.muster.log.EngineReport.LinkState;
import io.muster.log.EngineReport.PeerLink;
import io.muster.log.NodeId;
import io.muster.log.RecordingApplier;
import io.muster.log.SnapshotMeta;
import io.muster.raft.Batch;
import io.muster.raft.Configuration;
import io.muster.raft.Effect;
import io.muster.raft.LogStart;
import io.muster.raft.Message;
import io.muster.raft.RaftConfig;
import io.muster.raft.Restored;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One [RaftLoop] of three, on a bench: the test is its disk, its network and its clocks.
final class LoopBench implements LogStore, Transport, Clocks {
    static final NodeId SELF = new NodeId("n1");
    static final NodeId PEER = new NodeId("n2");
    static final NodeId OTHER = new NodeId("n3");

    final RecordingApplier applier = new RecordingApplier();
    final List<Message> sent = new ArrayList<>();
    final MemorySnapshotStore snapshots = new MemorySnapshotStore();
    final RaftLoop loop;

    private final MemoryLogStore store;
    private final ArrayDeque<Effect.Persist> unsynced = new ArrayDeque<>();
    private final RaftSettings settings;
    private LogStore.@Nullable Listener listener;
    private @Nullable RuntimeException writesFail;
    private long nanos = 1_000_000_000;
    private long wallShiftMicros;
    private final Map<NodeId, Long> wallsAhead = new HashMap<>();

    /// A bench with a store that may hold the log of an earlier incarnation.
    LoopBench(MemoryLogStore store, RaftConfig config) {
        this(store, config, RaftSettings.ReadProof.ROUND);
    }

    private LoopBench(MemoryLogStore store, RaftConfig config, RaftSettings.ReadProof readers) {
        this.store = store;
        this.settings = new RaftSettings(
                SELF,
                1,
                config,
                RaftSettings.DEFAULT_TICK,
                RaftSettings.DEFAULT_CLOCK_TOLERANCE,
                RaftSettings.NO_SNAPSHOTS,
                readers);
        this.loop = new RaftLoop(settings, new RaftLoop.Ports(this, snapshots, this, this, applier, () -> {}));
    }

    static LoopBench ofThree() {
        return ofThree(RaftSettings.ReadProof.ROUND);
    }

    static LoopBench ofThree(RaftSettings.ReadProof readers) {
        var store = new MemoryLogStore(Configuration.of(List.of(SELF, PEER, OTHER)));
        return new LoopBench(store, RaftConfig.DEFAULT, readers);
    }

    /// Lets `count` ticks pass.
    void ticks(int count) {
        for (int i = 0; i < count; i++) {
            nanos += settings.tickNanos();
            loop.runOnce();
        }
    }

    /// Sets this node's wall clock ahead.
    void setWallAhead(long micros) {
        wallShiftMicros = micros;
    }

    /// The wall clock of `peer` is measured from now on, so far ahead of a right one.
    void showClock(NodeId peer, long aheadMicros) {
        wallsAhead.put(peer, aheadMicros);
    }

    /// The wall clock of `peer` is not known any more.
    void hideClock(NodeId peer) {
        wallsAhead.remove(peer);
    }

    /// Stops the clock's owner for `millis`: time passes, nothing runs.
    void pause(long millis) {
        nanos += millis * 1_000_000;
    }

    /// Syncs everything that was asked for, and lets the loop hear of it.
    void sync() {
        while (!unsynced.isEmpty()) {
            store.persist(unsynced.removeFirst());
        }
        loop.runOnce();
    }

    int unsynced() {
        return unsynced.size();
    }

    /// What was last asked of the disk.
    Effect.Persist lastWrite() {
        return unsynced.getLast();
    }

    /// Asking the disk for a write throws from now on.
    void refuseWrites(RuntimeException reason) {
        writesFail = reason;
    }

    /// The disk fails.
    void breakDisk() {
        Objects.requireNonNull(listener, "started").failed(new EngineException("cannot sync the log"));
        loop.runOnce();
    }

    void hear(NodeId from, Message message) {
        loop.received(from, message);
        loop.runOnce();
    }

    /// Makes this node lead with its first entry committed.
    long lead() {
        while (!(lastSent() instanceof Message.PreVoteRequest)) {
            ticks(1);
        }
        var asked = (Message.PreVoteRequest) lastSent();
        hear(PEER, new Message.PreVoteReply(asked.term(), asked.ballot(), true));
        sync();
        long term = lastSent().term();
        hear(PEER, new Message.VoteReply(term, true));
        sync();
        acknowledge();
        return term;
    }

    /// The peer has stored everything it was sent and answered every round.
    void acknowledge() {
        for (Message message : List.copyOf(sent)) {
            switch (message) {
                case Message.Append append ->
                    loop.received(
                            PEER, new Message.AppendAccepted(append.term(), append.session(), append.lastIndex()));
                case Message.Heartbeat beat ->
                    loop.received(PEER, new Message.HeartbeatReply(beat.term(), beat.round()));
                case Message.PreVoteRequest _,
                        Message.PreVoteReply _,
                        Message.VoteRequest _,
                        Message.VoteReply _,
                        Message.AppendAccepted _,
                        Message.AppendRejected _,
                        Message.HeartbeatReply _,
                        Message.CommitNotice _,
                        Message.BarrierRequest _,
                        Message.BarrierReply _,
                        Message.Resigned _,
                        Message.InstallSnapshot _,
                        Message.TimeoutNow _,
                        Message.MembershipAsked _,
                        Message.NotMember _,
                        Message.InstallWanted _ -> {
                    // Nothing that waits for an answer of a follower.
                }
            }
        }
        sent.clear();
        loop.runOnce();
    }

    private Message lastSent() {
        return sent.isEmpty() ? new Message.Resigned(0) : sent.getLast();
    }

    @Override
    public long roomBytes() {
        return store.roomBytes();
    }

    /// From now on the log may grow by `bytes`.
    void leaveRoom(long bytes) {
        store.leaveRoom(bytes);
    }

    @Override
    public Restored restore(int tailBytes, List<SnapshotMeta> kept) {
        return store.restore(tailBytes, kept);
    }

    @Override
    public void start(LogStore.Listener to) {
        listener = to;
        store.start(to);
    }

    @Override
    public void cutPrefix(LogStart base) {
        store.cutPrefix(base);
    }

    @Override
    public void persist(Effect.Persist write) {
        var failure = writesFail;
        if (failure != null) {
            throw failure;
        }
        unsynced.addLast(write);
    }

    @Override
    public void read(ReadTicket ticket, long from, int maxBytes) {
        store.read(ticket, from, maxBytes);
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public void send(NodeId to, Message message) {
        if (to.equals(PEER)) {
            sent.add(message);
        }
    }

    @Override
    public void members(Configuration configuration) {}

    @Override
    public void membersCommitted() {}

    @Override
    public void flush() {}

    @Override
    public PeerLink link(NodeId peer) {
        return new PeerLink(peer, LinkState.OPEN, "", OptionalLong.empty());
    }

    @Override
    public PeerView peer(NodeId peer) {
        Long ahead = wallsAhead.get(peer);
        if (ahead == null) {
            return PeerView.UNKNOWN;
        }
        return new PeerView(true, "", 1, new TreeMap<>(), ahead / 1_000, OptionalLong.of(ahead));
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long wallMicros() {
        return nanos / 1_000 + wallShiftMicros;
    }

    /// A store that holds what a follower of an earlier leader would have: its voters and `batches`.
    static MemoryLogStore storeWith(Batch... batches) {
        var store = new MemoryLogStore(Configuration.of(List.of(SELF, PEER, OTHER)));
        store.start(new StoreEvents());
        store.persist(LogStoreContract.append(1, batches));
        return store;
    }
}
