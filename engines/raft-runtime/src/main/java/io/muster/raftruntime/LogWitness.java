package io.muster.raftruntime;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;
import io.muster.log.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// A file beside the log that says how many writes of it were synced: the second witness to what SQLite found whole.
///
/// Each transaction of the log has a number. It is noted here once the log is synced, without a sync of its own: the
/// note may be older than the log, never newer. So a log that ends before its witness has lost what was acknowledged,
/// whatever the cause: damage to its last transaction, a file that became shorter, or one that is gone. The operating
/// system keeps the note when the process ends; so that a power loss takes little of it, it is synced once a second.
///
/// The file is mapped into memory, since a call of the system for each write of the log would be one of a dozen: what
/// was stored in a mapped page outlives the process as what was written does.
///
/// Two records in places of their own are written in turn, each shorter than any sector: one is whole at any time.
///
/// It is made when the log is, by the same founding; one that is gone is refused like a log that is gone.
final class LogWitness implements AutoCloseable {
    /// Under load, a sync each second beside hundreds of the log's costs nothing that could be measured.
    static final long SYNC_NANOS = 1_000_000_000;

    private static final int MAGIC = 0x4D57_4954;
    private static final int VERSION = 1;
    private static final int RECORD_BYTES = 4 + 1 + 8 + 4;

    /// Records lie on pages of their own: damage to one leaves the other.
    private static final int STRIDE = 4_096;

    private static final int RECORDS = 2;

    private final Path file;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment records;
    private long number;
    private boolean isSynced = true;
    private long syncedAtNanos;

    private LogWitness(Path file, FileChannel channel, long number) throws IOException {
        this.file = file;
        this.number = number;
        try {
            records = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) RECORDS * STRIDE, arena);
        } catch (IOException e) {
            arena.close();
            throw e;
        }
    }

    /// Makes the witness of a log that was just begun, with its first write.
    static void create(Path file) {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, OwnerOnly.file(file))) {
            // The file has its whole length from the start, so that a full disk cannot refuse a note.
            channel.write(ByteBuffer.allocate(RECORDS * STRIDE), 0);
            try (var witness = new LogWitness(file, channel, LogSchema.FIRST_WRITE)) {
                witness.write(0);
                witness.write(1);
                witness.sync();
            }
            channel.force(true);
        } catch (IOException e) {
            throw new EngineException("cannot create " + file + ": " + e, e);
        }
    }

    /// Opens the witness of a log that was begun before; throws [EngineException] where none of it can be believed.
    static LogWitness open(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long number = Math.max(read(channel, 0), read(channel, 1));
            if (number < LogSchema.FIRST_WRITE) {
                throw new EngineException(file + " is damaged, so that nobody knows how much of the log was synced: "
                        + SqliteFile.LOST_FOLDER);
            }
            return new LogWitness(file, channel, number);
        } catch (NoSuchFileException e) {
            throw new EngineException(
                    file + " is gone, which says how much of the log beside it was synced: " + SqliteFile.LOST_FOLDER,
                    e);
        } catch (IOException e) {
            throw new EngineException("cannot read " + file + ": " + e, e);
        }
    }

    /// The last write that is known to have been synced.
    long number() {
        return number;
    }

    /// Notes that every write up to `next` is synced.
    void note(long next) {
        number = next;
        write((int) (next % RECORDS));
    }

    /// Makes the note survive a power loss.
    void sync() {
        if (isSynced) {
            return;
        }
        try {
            records.force();
            isSynced = true;
        } catch (UncheckedIOException e) {
            throw refused(e);
        }
    }

    /// Does so where the last time was a while ago.
    void syncSometimes(long nowNanos) {
        if (nowNanos - syncedAtNanos >= SYNC_NANOS) {
            sync();
            syncedAtNanos = nowNanos;
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    private void write(int record) {
        var writer = new BinaryWriter(RECORD_BYTES).i32(MAGIC).u8(VERSION).i64(number);
        writer.i32(writer.checksumFrom(0));
        isSynced = false;
        try {
            MemorySegment.copy(
                    writer.toBytes(), 0, records, ValueLayout.JAVA_BYTE, (long) record * STRIDE, RECORD_BYTES);
        } catch (InternalError e) {
            // So the JVM says that the disk failed the page: it could not be read back, or has no place any more.
            throw refused(e);
        }
    }

    /// The number in one record, or -1 where it does not match its checksum.
    private static long read(FileChannel channel, int record) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(RECORD_BYTES);
        channel.read(bytes, (long) record * STRIDE);
        if (bytes.hasRemaining()) {
            return -1;
        }
        try {
            var reader = BinaryReader.over(bytes.array());
            boolean isKnown = reader.i32() == MAGIC && reader.u8() == VERSION;
            long number = reader.i64();
            int checksum = new BinaryWriter(RECORD_BYTES)
                    .i32(MAGIC)
                    .u8(VERSION)
                    .i64(number)
                    .checksumFrom(0);
            return isKnown && reader.i32() == checksum ? number : -1;
        } catch (MalformedException e) {
            return -1;
        }
    }

    private EngineException refused(Throwable cause) {
        return new EngineException(
                "cannot write to the log's witness " + file + ": " + cause + ": check the disk, then start the node "
                        + "again; what was not synced was not acknowledged",
                cause);
    }
}
