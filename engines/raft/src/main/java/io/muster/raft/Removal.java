package io.muster.raft;

import io.muster.log.NodeId;
import java.util.OptionalLong;

/// Whether this node was removed from its cluster. It learns that from its own log where that brings it
/// so far, and otherwise from the other members, whom it asks while it hears no leader.
///
/// A member that was not there when it was removed has a log that ends before that, and nobody sends it
/// any more. It would ask for votes for ever (T35). A member of a newer committed configuration that
/// does not have it tells it so; what an older configuration says, of a time before this node was
/// added, counts for nothing.
///
/// A node that never was a member waits to become one: it was not removed.
final class Removal {
    private static final long NOT_REMOVED = 0;
    private static final long NEVER = 0;

    private final NodeContext context;
    private final OwnMembership own;
    private boolean wasMember;
    private long memberSince = NEVER;
    private long removedAt = NOT_REMOVED;
    private long announced = NOT_REMOVED;

    Removal(NodeContext context, OwnMembership own) {
        this.context = context;
        this.own = own;
        wasMember = own.everWasMember();
    }

    boolean isRemoved() {
        return removedAt != NOT_REMOVED;
    }

    /// `index` is where a committed configuration stands that does not have this node.
    void told(long index) {
        var newest = context.log().storedConfiguration();
        boolean isMember = own.isMemberOf(newest.configuration());
        boolean isNews = isMember ? index > newest.index() : index >= newest.index();
        if (wasMember && isNews && !isRemoved()) {
            removedAt = index;
        }
    }

    /// The log, or what is committed of it, may be another; answers where this node was removed, once
    /// for each time it was.
    OptionalLong settle() {
        var newest = context.log().storedConfiguration();
        if (newest.index() < memberSince && !own.everWasMember()) {
            // What made it a member was taken back before it was committed: it waits to become one again.
            wasMember = false;
        }
        if (own.isMemberOf(newest.configuration())) {
            wasMember = true;
            memberSince = newest.index();
            if (newest.index() > removedAt) {
                removedAt = NOT_REMOVED;
            }
        } else if (wasMember && newest.index() <= context.log().commitIndex()) {
            removedAt = newest.index();
        }
        boolean isNews = isRemoved() && announced != removedAt;
        announced = removedAt;
        return isNews ? OptionalLong.of(removedAt) : OptionalLong.empty();
    }

    /// Asks the members whether this node, which ever was one, still is.
    void ask() {
        if (wasMember && !isRemoved()) {
            context.tellMembers(new Message.MembershipAsked(context.term()));
        }
    }

    /// Tells `asker` where it was removed, if it is no member of what is committed here.
    void answer(NodeId asker) {
        var committed = context.log().committedConfiguration();
        if (committed.index() > 0 && !committed.configuration().isMember(asker)) {
            context.send(asker, new Message.NotMember(context.term(), committed.index()));
        }
    }
}
