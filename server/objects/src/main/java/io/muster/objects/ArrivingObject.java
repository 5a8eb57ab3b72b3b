package io.muster.objects;

import io.muster.encoding.Sha256;
import io.muster.references.ObjectId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;

/// One object on its way to this node. Whoever sends it holds [#lock] while a chunk is written.
final class ArrivingObject {
    final ReentrantLock lock = new ReentrantLock();

    private final ObjectId id;
    private final FileChannel file;
    private final MessageDigest digest = Sha256.begin();
    private final PieceSums.Running sums;
    private long received;

    /// When its last chunk came, by the store's clock; read by those who look for abandoned ones.
    volatile long touchedNanos;

    /// Whether it has ended, well or not: who waited for the lock then asks the store again.
    boolean isOver;

    ArrivingObject(ObjectId id, FileChannel file, long nowNanos) {
        this.id = id;
        this.file = file;
        this.sums = new PieceSums.Running(id.bytes());
        this.touchedNanos = nowNanos;
    }

    ObjectId id() {
        return id;
    }

    long received() {
        return received;
    }

    /// Appends a chunk that is known to be the next and to fit.
    void append(byte[] chunk) throws IOException {
        var buffer = ByteBuffer.wrap(chunk);
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        digest.update(chunk);
        sums.add(chunk);
        received += chunk.length;
    }

    boolean isWhole() {
        return received == id.bytes();
    }

    /// The digest of all that came. Nothing can be appended afterwards.
    String found() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Gives it its name, synced.
    PieceSums keepIn(ObjectFolder folder) throws IOException {
        var whole = sums.end();
        folder.keep(id.digest(), file, whole);
        return whole;
    }

    void close() {
        isOver = true;
        try {
            file.close();
        } catch (IOException e) {
            // Its file is thrown away or was synced before.
        }
    }
}
