package io.muster.objects;

/// What became of a chunk of an upload.
public sealed interface ReceiveResult {
    /// It is there; the next begins at `offset`.
    record Continue(long offset) implements ReceiveResult {}

    /// It was the last: the object is whole, has its digest, and is synced.
    record Complete() implements ReceiveResult {}

    /// It is not the next one; that begins at `offset`. Nothing was written.
    record Misplaced(long offset) implements ReceiveResult {}

    /// What came is not what was announced. What was received of it is thrown away: begin anew.
    record Refused(String reason) implements ReceiveResult {}

    /// This node takes no more uploads at once; nothing was written.
    record TooMany(int limit) implements ReceiveResult {}

    /// The disk refused to write. What was received of it is thrown away.
    record NoRoom(String reason) implements ReceiveResult {}
}
