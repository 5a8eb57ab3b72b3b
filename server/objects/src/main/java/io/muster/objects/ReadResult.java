package io.muster.objects;

import io.muster.encoding.Bytes;

/// What a read of an object answers.
public sealed interface ReadResult {
    /// The bytes, each piece checked against its sum.
    record Read(Bytes bytes) implements ReadResult {}

    /// This node does not hold it.
    record Absent() implements ReadResult {}

    /// It is held here and could not be read just now, which says nothing about it.
    record Unread(String reason) implements ReadResult {}

    /// It was held here and is not what was stored: it was taken out of use, and is fetched again from another node.
    record Damaged(String reason) implements ReadResult {}
}
