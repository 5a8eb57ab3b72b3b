package io.muster.access;

import io.muster.log.Reply;

/// What the access ledger answers a command with.
public sealed interface AccessReply extends Reply {
    /// It is done.
    record Done() implements AccessReply {}

    /// There is a key of that id, or an admin key already; nothing changed.
    record AlreadyThere() implements AccessReply {}

    /// There is no such key or invitation; nothing changed.
    record NotThere() implements AccessReply {}

    /// It is the last admin key: without it nobody could make another. Make one first.
    record LastAdminKey() implements AccessReply {}

    /// Why an invitation lets nobody in.
    sealed interface OfInvitation extends AccessReply {}

    /// The invitation lets nobody in from log time `micros` on.
    record Expired(long micros) implements OfInvitation {}

    /// The invitation was taken back.
    record Revoked() implements OfInvitation {}

    /// The invitation has let somebody else in: each lets in one.
    record Used() implements OfInvitation {}

    /// There are too many usable keys, or too many invitations; revoke some first.
    record Full(int limit) implements AccessReply {}
}
