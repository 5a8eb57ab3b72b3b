package io.muster.raft;

import io.muster.encoding.Invariant;
import io.muster.log.NodeId;
import io.muster.raft.Progress.Probing;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Brings the leader's log to every other member (Raft §5.3): appends, their answers, catching up, asking again.
final class Replication {
    /// What is common lies below the log, which a follower learns from a snapshot.
    private static final long NOTHING_IN_COMMON = 0;

    private final NodeContext context;
    private final RaftLog log;
    private final Tickets reads;
    private final SnapshotStreams streams;
    private final TreeMap<NodeId, Replica> replicas = new TreeMap<>();

    /// The last session with each node that was left alone: should it come back, perhaps with an empty
    /// folder, then what it answered before says nothing of it (T19).
    private final TreeMap<NodeId, Long> endedSessions = new TreeMap<>();

    /// @param tick now
    /// @param reads where tickets for reads of the disk come from
    Replication(NodeContext context, long tick, Tickets reads) {
        this.context = context;
        this.log = context.log();
        this.reads = reads;
        streams = new SnapshotStreams(context, reads);
        follow(log.storedConfiguration(), tick);
    }

    /// Feeds the members of `stored`, which is in force from now on. Who is none any more is fed for a
    /// while yet, so that it learns that from its own log.
    void follow(StoredConfiguration stored, long tick) {
        var configuration = stored.configuration();
        for (Replica replica : List.copyOf(replicas.values())) {
            boolean isMember = configuration.isMember(replica.id());
            if (!isMember && !replica.isLeaving()) {
                replica.leave(stored.index(), tick + context.config().times().partingTicks());
            } else if (isMember && replica.isLeaving()) {
                drop(replica);
            }
        }
        for (NodeId member : configuration.members()) {
            if (!member.equals(context.self()) && !replicas.containsKey(member)) {
                long session = endedSessions.getOrDefault(member, 0L) + 1;
                replicas.put(member, new Replica(member, session, log.lastIndex() + 1, tick));
            }
        }
    }

    /// Leaves those alone who know that they were removed, or had the time to learn it.
    private void partFromLeaving(long tick) {
        for (Replica replica : List.copyOf(replicas.values())) {
            if (replica.isGone(tick)) {
                drop(replica);
            }
        }
    }

    private void drop(Replica replica) {
        replicas.remove(replica.id());
        endedSessions.put(replica.id(), replica.session());
    }

    Collection<Replica> replicas() {
        return replicas.values();
    }

    Optional<Replica> replica(NodeId node) {
        return Optional.ofNullable(replicas.get(node));
    }

    /// The last entry that each other member has acknowledged as durable.
    SortedMap<NodeId, Long> matches() {
        var matches = new TreeMap<NodeId, Long>();
        replicas.values().forEach(replica -> matches.put(replica.id(), replica.match()));
        return matches;
    }

    /// What `node` holds durably, as far as the leader knows; its own disk is asked like any other (T11).
    long durableAt(NodeId node) {
        if (node.equals(context.self())) {
            return log.durableIndex();
        }
        var replica = replicas.get(node);
        return replica == null ? 0 : replica.match();
    }

    /// Sends everyone what they may be sent now.
    void feedAll(long tick) {
        for (Replica replica : replicas.values()) {
            feed(replica, tick);
        }
        streams.feedAll(replicas.values(), tick);
    }

    void wanted(Replica replica, Message.InstallWanted wanted, long tick) {
        streams.wanted(replica, wanted, tick);
    }

    void pieceRead(Input.PieceRead read, long tick) {
        for (Replica replica : replicas.values()) {
            if (replica.readTicket() == read.ticket()) {
                streams.pieceRead(replica, read, tick);
            }
        }
    }

    /// Up to where the log can be cut without taking from those that install what they need next.
    long needsAllAbove() {
        return streams.needsAllAbove();
    }

    /// This node leads no more.
    void close() {
        streams.close();
    }

    void accepted(Replica replica, Message.AppendAccepted answer, long tick) {
        if (answer.session() != replica.session()) {
            return;
        }
        Invariant.check(answer.match() <= log.lastIndex(), "nobody acknowledges more than the leader has");
        Invariant.check(isBoundary(answer.match()), "batches are acknowledged whole");
        replica.accepted(answer.match(), tick);
    }

    void rejected(Replica replica, Message.AppendRejected answer, long tick) {
        boolean isStale = answer.session() != replica.session() || answer.prevIndex() <= replica.match();
        if (isStale) {
            return;
        }
        long from = Math.min(answer.hintIndex(), answer.prevIndex() - 1);
        replica.rejected(log.terms().lastWithTermAtMost(from, answer.hintTerm()).orElse(NOTHING_IN_COMMON), tick);
    }

    /// Older batches arrived from the disk for the members that wait for `ticket`.
    void batchesRead(long ticket, List<Batch> batches, long tick) {
        for (Replica replica : replicas.values()) {
            if (replica.readTicket() == ticket) {
                replica.reading(Replica.NO_READ);
                boolean isCompacted = replica.progress().next() <= log.base().index();
                Invariant.check(isCompacted || !batches.isEmpty(), "the disk still has what the log says is there");
                batches.forEach(batch -> Invariant.check(batch.isIntact(), "the disk gives back what was written"));
                if (!isCompacted && continues(replica.progress(), batches.getFirst())) {
                    sendBatches(replica, batches, tick);
                }
            }
        }
    }

    /// Asks again where an answer is overdue.
    void retry(long tick) {
        partFromLeaving(tick);
        for (Replica replica : replicas.values()) {
            replica.retry(tick, context.config());
        }
    }

    /// Tells idle followers what is committed: without it they would learn with the next heartbeat only.
    void tellCommit() {
        for (Replica replica : replicas.values()) {
            long known = Math.min(log.commitIndex(), replica.match());
            if (known > replica.toldCommit() && replica.isIdle()) {
                replica.told(known);
                context.send(replica.id(), new Message.CommitNotice(context.term(), known));
            }
        }
    }

    private void feed(Replica replica, long tick) {
        while (replica.maySend(context.config())) {
            long next = replica.progress().next();
            if (next <= log.base().index()) {
                streams.begin(replica, tick);
                return;
            }
            if (replica.progress() instanceof Probing probing && (probing.isEmpty() || next > log.lastIndex())) {
                send(replica, next - 1, List.of(), tick);
                return;
            }
            if (next > log.lastIndex()) {
                return;
            }
            int limit = context.config().appends().maxBytes();
            var batches = log.recent(next, limit);
            if (batches.isEmpty()) {
                long ticket = reads.next();
                replica.reading(ticket);
                context.outbox().add(new Effect.ReadBatches(ticket, next, limit));
                return;
            }
            sendBatches(replica, batches, tick);
        }
    }

    /// Whole batches are sent, so an append begins with the batch that holds `next`, if need be a little before it.
    private void sendBatches(Replica replica, List<Batch> batches, long tick) {
        send(replica, batches.getFirst().firstIndex() - 1, batches, tick);
    }

    private void send(Replica replica, long prevIndex, List<Batch> batches, long tick) {
        long prevTerm = log.terms().termAt(prevIndex);
        var append =
                new Message.Append(context.term(), replica.session(), prevIndex, prevTerm, batches, log.commitIndex());
        int size = 0;
        for (Batch batch : batches) {
            size += batch.size();
        }
        replica.sent(append, size, tick);
        context.send(replica.id(), append);
    }

    /// Whether `first`, read from the disk, still is what the follower needs next: it may have caught up meanwhile.
    private boolean continues(Progress progress, Batch first) {
        return first.firstIndex() <= progress.next()
                && progress.next() <= first.lastIndex()
                && log.terms().holds(first.firstIndex(), first.term());
    }

    private boolean isBoundary(long index) {
        return !log.window().holds(index) || log.window().holding(index).lastIndex() == index;
    }
}
