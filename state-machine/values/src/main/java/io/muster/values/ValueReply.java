package io.muster.values;

import io.muster.log.Reply;

/// What the value ledger answers a command with.
public sealed interface ValueReply extends Reply {
    /// It is stored, as this revision of the key.
    record Stored(long revision) implements ValueReply {}

    /// The key is gone.
    record Deleted() implements ValueReply {}

    /// There was no such key; nothing changed.
    record NotThere() implements ValueReply {}

    /// It stands in the log and changed nothing here.
    record Accepted() implements ValueReply {}

    /// There is no room; nothing changed. Delete something first.
    ///
    /// @param what which limit it is, in words
    /// @param limit that limit
    record Full(String what, long limit) implements ValueReply {}
}
