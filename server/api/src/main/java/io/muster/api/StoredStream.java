package io.muster.api;

import io.muster.encoding.Bytes;
import io.muster.objects.ObjectStore;
import io.muster.objects.ReadResult;
import java.io.IOException;
import java.io.InputStream;

/// A part of an object as a stream, read and checked part by part. Where a part is damaged the stream breaks off: who
/// reads it sees that it is not whole.
final class StoredStream extends InputStream {
    private static final int PART_BYTES = 1 << 20;

    private final ObjectStore store;
    private final String digest;
    private final long end;
    private long offset;
    private byte[] part = new byte[0];
    private int at;

    StoredStream(ObjectStore store, String digest, ByteRange range) {
        this.store = store;
        this.digest = digest;
        this.offset = range.from();
        this.end = range.from() + range.length();
    }

    @Override
    public int read() throws IOException {
        return fill() ? part[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (!fill()) {
            return -1;
        }
        int more = Math.min(length, part.length - at);
        System.arraycopy(part, at, into, from, more);
        at += more;
        return more;
    }

    private boolean fill() throws IOException {
        if (at < part.length) {
            return true;
        }
        if (offset >= end) {
            return false;
        }
        part = switch (store.read(digest, offset, (int) Math.min(PART_BYTES, end - offset))) {
            case ReadResult.Read(Bytes bytes) -> bytes.array();
            case ReadResult.Absent() -> throw new IOException("the object was removed while it was read");
            case ReadResult.Unread(String reason) -> throw new IOException("the object was not read: " + reason);
            case ReadResult.Damaged(String reason) -> throw new IOException("the object is damaged: " + reason);
        };
        offset += part.length;
        at = 0;
        return part.length > 0;
    }
}
