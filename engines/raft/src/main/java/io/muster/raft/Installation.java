package io.muster.raft;

import io.muster.encoding.MalformedException;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import org.jspecify.annotations.Nullable;

/// The follower's half of an install (Raft §7): has the leader's pieces put together, then takes over
/// what they make.
///
/// A piece is acknowledged once it is written, not synced: a follower that restarts begins anew. What
/// was received is taken over only when all of it is checked and synced. Term and vote are not touched
/// by it.
final class Installation {
    private final NodeContext context;
    private final FollowerState follower;
    private final Tickets tickets = new Tickets(0);
    private @Nullable Intake intake;

    Installation(NodeContext context, FollowerState follower) {
        this.context = context;
        this.follower = follower;
    }

    /// A node whose newest snapshot is not in its log takes that over as if it had just received it:
    /// the power went between the two (T25).
    void restored(SnapshotMeta newest) {
        if (!isInLog(newest)) {
            beginAnew(newest);
        }
    }

    /// Takes a piece, or a question, of the leader of the current term.
    void receive(NodeId leader, Message.InstallSnapshot install) {
        var meta = install.meta();
        if (!isWellFormed(install)) {
            return;
        }
        if (isNeedless(meta)) {
            follower.accept(leader, install.session(), meta.lastIndex());
            return;
        }
        var current = intake;
        if (current == null || !current.isOf(leader, meta)) {
            current = new Intake(leader, meta);
        }
        current.asks(context.term(), install.session());
        if (current.isWriting()) {
            sayThatAllIsHere(current);
            return;
        }
        if (install.isQuestion() || install.offset() != current.next()) {
            want(current);
            return;
        }
        intake = current;
        long ticket = tickets.next();
        current.write(ticket, install);
        context.outbox().add(new Effect.StorePiece(ticket, meta, install.offset(), install.bytes(), install.isLast()));
    }

    /// The piece under `ticket` is where it belongs.
    void stored(long ticket) {
        var current = intake;
        if (current != null && current.isWriting(ticket)) {
            current.written();
            if (current.term() == context.term()) {
                want(current);
            }
        }
    }

    /// What was put together is damaged: it begins anew when the leader asks next.
    void refused(long ticket) {
        if (intake != null && intake.isWriting(ticket)) {
            intake = null;
        }
    }

    /// The snapshot `meta` is here, checked and synced.
    void received(SnapshotMeta meta) {
        if (!isNeedless(meta)) {
            beginAnew(meta);
            context.outbox().add(new Effect.InstallState(meta));
        }
        var done = intake;
        if (done != null && done.meta().equals(meta)) {
            intake = null;
            if (done.term() == context.term()) {
                follower.accept(done.leader(), done.session(), meta.lastIndex());
            }
        }
    }

    /// Whether the log has what the snapshot would bring. An older one than what is committed is stale
    /// (T29); where the log goes on behind the snapshot's end, what goes on stays, and the snapshot
    /// only says that it is committed (T28).
    private boolean isNeedless(SnapshotMeta meta) {
        if (meta.lastIndex() <= context.log().commitIndex()) {
            return true;
        }
        if (isInLog(meta)) {
            follower.committed(meta.lastIndex());
            return true;
        }
        return false;
    }

    private boolean isInLog(SnapshotMeta meta) {
        return context.log().terms().holds(meta.lastIndex(), meta.lastTerm());
    }

    /// A log that does not hold the snapshot's last entry conflicts with it, or ends before it: nothing
    /// of it can stay (T24).
    private void beginAnew(SnapshotMeta meta) {
        var base = LogStart.behind(meta);
        context.log().beginAnew(base);
        context.pendingWrites().beginAnew(base);
    }

    /// While the whole is checked, which takes long, the leader hears that nothing is lacking; every
    /// other piece is acknowledged when it is written.
    private void sayThatAllIsHere(Intake current) {
        if (current.isWhole()) {
            want(current);
        }
    }

    private void want(Intake current) {
        context.send(
                current.leader(),
                new Message.InstallWanted(
                        context.term(), current.session(), current.meta().lastIndex(), current.next()));
    }

    /// A message that no leader of this version sends is dropped: it must not cost more than itself.
    private static boolean isWellFormed(Message.InstallSnapshot install) {
        boolean isOfThePast = install.meta().lastTerm() <= install.term();
        try {
            return isOfThePast && LogStart.behind(install.meta()).index() > 0;
        } catch (MalformedException e) {
            return false;
        }
    }

    /// A snapshot that is being received from one leader. Another leader's file of the same snapshot
    /// need not be the same bytes.
    private static final class Intake {
        private static final long NOTHING = 0;

        private final NodeId leader;
        private final SnapshotMeta meta;
        private long term;
        private long session;
        private long next;
        private long writing = NOTHING;
        private boolean isWhole;

        Intake(NodeId leader, SnapshotMeta meta) {
            this.leader = leader;
            this.meta = meta;
        }

        boolean isOf(NodeId sender, SnapshotMeta sent) {
            return leader.equals(sender) && meta.equals(sent);
        }

        NodeId leader() {
            return leader;
        }

        SnapshotMeta meta() {
            return meta;
        }

        /// The term in which the leader asked last.
        long term() {
            return term;
        }

        /// What the leader's answers are to repeat.
        long session() {
            return session;
        }

        /// From where on bytes are lacking.
        long next() {
            return next;
        }

        /// Whether the last piece was taken.
        boolean isWhole() {
            return isWhole;
        }

        boolean isWriting() {
            return writing != NOTHING;
        }

        boolean isWriting(long ticket) {
            return writing == ticket;
        }

        void asks(long inTerm, long inSession) {
            term = inTerm;
            session = inSession;
        }

        void write(long ticket, Message.InstallSnapshot piece) {
            writing = ticket;
            next += piece.bytes().size();
            isWhole = piece.isLast();
        }

        void written() {
            writing = NOTHING;
        }
    }
}
