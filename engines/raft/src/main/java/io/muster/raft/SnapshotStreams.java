package io.muster.raft;

import io.muster.encoding.Bytes;
import io.muster.raft.Progress.Installing;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// The leader's half of an install (Raft §7): brings a snapshot to members that lack entries which the
/// log no longer has.
///
/// One piece is on its way at a time, and the follower names the next. So a break costs one question,
/// and a follower that lost what it had says so. A snapshot stays pinned while it is streamed, and the
/// log behind its end stays too: else the follower would have fallen behind again by the time it has
/// it, for ever (T26).
final class SnapshotStreams {
    private final NodeContext context;
    private final Tickets reads;
    private SortedSet<Long> pinned = Collections.emptySortedSet();

    /// @param reads where tickets for reads of the disk come from
    SnapshotStreams(NodeContext context, Tickets reads) {
        this.context = context;
        this.reads = reads;
    }

    /// Begins with the newest snapshot, where there is one and the member is there to take it.
    void begin(Replica replica, long tick) {
        if (replica.isActive()) {
            context.snapshots().offered(context.log()).ifPresent(meta -> replica.install(meta, tick));
        }
    }

    /// Does what can be done next for each member that is installing; what it is sent is pinned before
    /// it is read.
    void feedAll(Collection<Replica> replicas, long tick) {
        boolean isInstalling = false;
        for (Replica replica : replicas) {
            isInstalling |= replica.progress() instanceof Installing;
        }
        if (!isInstalling && pinned.isEmpty()) {
            return;
        }
        pin(replicas);
        for (Replica replica : replicas) {
            feed(replica, tick);
        }
    }

    private void feed(Replica replica, long tick) {
        if (!(replica.progress() instanceof Installing installing)) {
            return;
        }
        switch (installing.stage()) {
            case TO_ASK -> {
                replica.installing(installing.asked(), tick);
                send(replica, installing, Bytes.EMPTY, Ending.MORE);
            }
            case TO_READ -> {
                if (replica.readTicket() == Replica.NO_READ) {
                    replica.reading(reads.next());
                    context.outbox().add(read(replica.readTicket(), installing));
                }
            }
            case ASKED, SENT -> {
                // Its answer comes, or it is asked again.
            }
        }
    }

    /// A piece was read for the member that waits for it.
    void pieceRead(Replica replica, Input.PieceRead read, long tick) {
        replica.reading(Replica.NO_READ);
        if (replica.progress() instanceof Installing installing) {
            replica.installing(installing.sent(), tick);
            send(replica, installing, read.bytes(), read.isLast() ? Ending.LAST : Ending.MORE);
        }
    }

    /// A member says what it lacks. Only news counts: an answer that comes twice would have every piece
    /// sent twice from then on.
    void wanted(Replica replica, Message.InstallWanted wanted, long tick) {
        if (!(replica.progress() instanceof Installing installing)
                || wanted.session() != replica.session()
                || wanted.index() != installing.meta().lastIndex()) {
            return;
        }
        boolean isNews = switch (installing.stage()) {
            case ASKED -> true;
            case SENT -> wanted.offset() > installing.offset();
            case TO_ASK, TO_READ -> false;
        };
        if (!isNews) {
            return;
        }
        // What has not begun can as well begin with a newer one.
        var newest = context.snapshots().offered(context.log()).orElse(installing.meta());
        var meta = wanted.offset() == 0 ? newest : installing.meta();
        replica.installing(installing.wanted(meta, wanted.offset(), tick), tick);
    }

    /// Tells the shell which snapshots are streamed, where that has changed.
    private void pin(Collection<Replica> replicas) {
        var streamed = new TreeSet<Long>();
        for (Replica replica : replicas) {
            if (replica.progress() instanceof Installing installing) {
                streamed.add(installing.meta().lastIndex());
            }
        }
        if (!streamed.equals(pinned)) {
            pinned = streamed;
            context.outbox().add(new Effect.PinSnapshots(streamed));
        }
    }

    /// Up to where the log can be cut without taking from those that install what they need next.
    long needsAllAbove() {
        return pinned.isEmpty() ? Long.MAX_VALUE : pinned.getFirst();
    }

    /// This node leads no more.
    void close() {
        pin(Collections.emptyList());
    }

    private void send(Replica replica, Installing installing, Bytes bytes, Ending ending) {
        context.send(
                replica.id(),
                new Message.InstallSnapshot(
                        context.term(),
                        replica.session(),
                        installing.meta(),
                        installing.offset(),
                        bytes,
                        ending == Ending.LAST));
    }

    private static Effect.ReadPiece read(long ticket, Installing installing) {
        return new Effect.ReadPiece(
                ticket, installing.meta().lastIndex(), installing.offset(), RaftConfig.MAX_PIECE_BYTES);
    }

    private enum Ending {
        MORE,
        LAST
    }
}
