package io.muster.raftruntime;

import io.muster.encoding.Invariant;
import io.muster.log.EngineException;
import io.muster.log.NodeId;
import io.muster.raft.Batch;
import io.muster.raft.Effect;
import io.muster.raft.LogStart;
import io.muster.raft.VoteState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The one thread that writes the log. It takes everything that is waiting into one transaction and so one sync: the
/// slower the disk, the larger the group, and the number of writes a sync carries adjusts itself.
///
/// Where the log is cut, the new base is a write like others; the rows before it are removed in slices between the
/// groups ([PrefixRemoval]).
final class LogWriter implements Runnable {
    /// The core keeps fewer appends than this in flight to one follower; more means that somebody asks without end.
    private static final int MAX_WAITING = 16_384;

    /// One transaction holds no more than this many writes, so that the first is not kept waiting by the last.
    private static final int MAX_GROUP = 1_024;

    /// SQLite is asked how large the log is after so much was written: asked at each write, it was a tenth of a small
    /// one's time. It is little beside the room that a log must have left to take a proposal.
    private static final long MEASURED_BYTES = 1 << 20;

    /// What a row takes beside its body, at most.
    private static final int ROW_BYTES = 128;

    private static final Effect STOP = new Effect.Persist(-1, VoteState.INITIAL, false, Effect.Cut.NOTHING, List.of());

    private final BlockingQueue<Effect> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final Path file;
    private final LogStore.Listener listener;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement vote;
    private final PreparedStatement cut;
    private final PreparedStatement insert;
    private final PreparedStatement base;
    private final PrefixRemoval removal;
    private final PreparedStatement peer;
    private final PreparedStatement size;
    private final Map<NodeId, Incarnation> met = new ConcurrentHashMap<>();
    private final AtomicLong syncs = new AtomicLong();
    private final LogWitness witness;
    private long measured;
    private long unmeasured;
    private volatile long bytes;

    /// The number of the last write.
    private long lastWrite;

    /// The vote state of the last write that had one.
    private VoteState state;

    LogWriter(Connection connection, Path file, LogWitness witness, LogStore.Listener listener) throws SQLException {
        this.file = file;
        size = connection.prepareStatement("SELECT (page_count - freelist_count) * page_size"
                + " FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()");
        measured = size();
        bytes = measured;
        this.witness = witness;
        lastWrite = witness.number();
        state = LogSchema.vote(connection, file);
        peer = IncarnationTable.peerUpdate(connection);
        this.listener = listener;
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        commit = connection.prepareStatement("COMMIT");
        vote = LogSchema.voteUpdate(connection);
        cut = BatchTable.cut(connection);
        insert = BatchTable.insert(connection);
        base = LogStartTable.update(connection);
        removal = new PrefixRemoval(connection, LogSchema.base(connection, file).index());
    }

    /// Queues a write. From any thread.
    void add(Effect.Persist write) {
        put(write);
    }

    /// Queues a cut. From any thread.
    void cutPrefix(LogStart base) {
        put(new Effect.CutPrefix(base));
    }

    private void put(Effect order) {
        Invariant.check(waiting.offer(order), "no more than " + MAX_WAITING + " writes wait for the disk");
    }

    /// Has it stored, with the next write or within a second, which incarnation of `node` was met. From any thread.
    void remember(NodeId node, Incarnation incarnation) {
        met.put(node, incarnation);
    }

    /// Ends [#run] after the writes queued before.
    void stop() {
        put(STOP);
    }

    @Override
    public void run() {
        var group = new ArrayList<Effect>(MAX_GROUP);
        try {
            while (collect(group)) {
                if (!group.isEmpty() || !met.isEmpty()) {
                    write(group);
                    witness.note(lastWrite);
                    tell(group);
                    group.clear();
                }
                if (removal.isDue()) {
                    removeSlice();
                    witness.note(lastWrite);
                }
                witness.syncSometimes(System.nanoTime());
            }
        } catch (EngineException e) {
            listener.failed(e);
        } catch (SQLException e) {
            listener.failed(SqliteFile.refused("write to", file, e));
        } catch (RuntimeException | Error e) {
            // A log that nobody writes any more must stop the node: it would wait for ever for what it acknowledges.
            listener.failed(new EngineException("cannot write to the log " + file + ": " + e, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.failed(new EngineException("the thread that writes " + file + " was interrupted", e));
        }
    }

    private void tell(List<Effect> written) {
        for (Effect effect : written) {
            if (effect instanceof Effect.Persist persist) {
                listener.persisted(persist.ticket());
            }
        }
    }

    private boolean collect(List<Effect> group) throws InterruptedException {
        Effect first = removal.isDue() ? waiting.poll() : waiting.poll(LogWitness.SYNC_NANOS, TimeUnit.NANOSECONDS);
        if (first == null) {
            if (!removal.isDue()) {
                witness.sync();
            }
            return true;
        }
        group.add(first);
        waiting.drainTo(group, MAX_GROUP - 1);
        int stopAt = group.indexOf(STOP);
        if (stopAt >= 0) {
            group.subList(stopAt, group.size()).clear();
            if (!group.isEmpty()) {
                waiting.add(STOP);
            }
        }
        return !group.isEmpty();
    }

    private void write(List<Effect> group) throws SQLException {
        SqliteFile.run(begin);
        lastWrite++;
        writePeers();
        for (Effect effect : group) {
            if (effect instanceof Effect.Persist persist) {
                write(persist);
            } else if (effect instanceof Effect.CutPrefix(LogStart next)) {
                moveBase(next);
                leaveNumberInVote();
            }
        }
        measure();
        SqliteFile.run(commit);
        syncs.incrementAndGet();
    }

    private void write(Effect.Persist write) throws SQLException {
        state = write.isStateChanged() ? write.state() : state;
        // A cut alone leaves no row that could carry the write's number.
        if (write.isStateChanged() || write.batches().isEmpty()) {
            leaveNumberInVote();
        }
        switch (write.cut()) {
            case Effect.Cut.Nothing _ -> {}
            case Effect.Cut.From(long index) -> cutFrom(index);
            case Effect.Cut.Everything(LogStart next) -> {
                cutFrom(next.index() + 1);
                moveBase(next);
                leaveNumberInVote();
            }
        }
        for (Batch batch : write.batches()) {
            BatchTable.bind(insert, batch, lastWrite);
            SqliteFile.run(insert);
            unmeasured += batch.size() + ROW_BYTES;
        }
    }

    private void cutFrom(long index) throws SQLException {
        cut.setLong(1, index);
        SqliteFile.run(cut);
    }

    private void moveBase(LogStart next) throws SQLException {
        LogStartTable.bind(base, next);
        SqliteFile.run(base);
        removal.upTo(next.index());
    }

    /// Removes rows that are no part of the log any more. The last of them may have carried the number of the last
    /// write, so this one leaves its own.
    private void removeSlice() throws SQLException {
        SqliteFile.run(begin);
        lastWrite++;
        removal.removeSlice();
        leaveNumberInVote();
        measured = size();
        unmeasured = 0;
        bytes = measured;
        SqliteFile.run(commit);
    }

    private void leaveNumberInVote() throws SQLException {
        LogSchema.bindVote(vote, state, lastWrite);
        SqliteFile.run(vote);
    }

    private void measure() throws SQLException {
        if (unmeasured >= MEASURED_BYTES) {
            measured = size();
            unmeasured = 0;
        }
        bytes = measured + unmeasured;
    }

    /// Leaves the write's number in the vote, since no batch may follow.
    private void writePeers() throws SQLException {
        if (met.isEmpty()) {
            return;
        }
        for (NodeId node : List.copyOf(met.keySet())) {
            IncarnationTable.bind(peer, node, Objects.requireNonNull(met.remove(node), "only this thread takes out"));
            SqliteFile.run(peer);
        }
        leaveNumberInVote();
    }

    private long size() throws SQLException {
        try (ResultSet row = size.executeQuery()) {
            return row.getLong(1);
        }
    }

    /// How much the log takes; what was removed is room for what comes. From any thread.
    long bytes() {
        return bytes;
    }

    /// How many transactions were committed, each with one sync of the write-ahead log.
    long syncs() {
        return syncs.get();
    }
}
