package io.muster.access;

import io.muster.log.Reply;

/// What the access ledger answers a command with.
public sealed interface AccessReply extends Reply {
    /// It is done.
    record Done() implements AccessReply {}

    /// There is a key of that id, or an admin key already; nothing changed.
    record AlreadyThere() implements AccessReply {}

    /// There is no such key; nothing changed.
    record NotThere() implements AccessReply {}

    /// It is the last admin key: without it nobody could make another. Make one first.
    record LastAdminKey() implements AccessReply {}

    /// There are too many usable keys; revoke some first.
    record Full(int limit) implements AccessReply {}
}
