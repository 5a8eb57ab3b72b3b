package io.muster.raftruntime;

import io.muster.log.EngineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// SQLite's write-ahead log, looked at before SQLite opens it.
///
/// SQLite takes the first frame that does not match its checksum for the torn end of the last write, and drops it with
/// everything behind it (sqlite.org/fileformat2.html#walformat). The log is written by one connection that syncs each
/// transaction before the next begins: a power loss tears the *last* transaction only. So a frame of a later
/// transaction behind a bad one proves damage to what was synced, and the node must not start without it.
///
/// Each process begins with an empty file, so what stands behind the last transaction is of an earlier round of the
/// file and has other salts. Whether the last transaction itself is torn or rotten cannot be seen here;
/// [LogWitness] tells.
final class WalFile {
    private static final int HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 24;

    /// The last bit says in which byte order the checksums were computed.
    private static final int MAGIC = 0x377f0682;

    private static final int LARGEST_PAGE = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final int frameBytes;
    private final long frames;
    private final long salts;
    private final ByteOrder order;

    /// A frame's header and its place in the chain: each checksum is computed on from the one before.
    private record FrameHeader(int page, int commitSize, long salts, long stored) {
        boolean isCommit() {
            return commitSize != 0;
        }
    }

    private WalFile(Path file, FileChannel channel, ByteBuffer header, ByteOrder order, long length) {
        this.file = file;
        this.channel = channel;
        this.order = order;
        int pageBytes = header.getInt(8);
        if (pageBytes < 512 || pageBytes > LARGEST_PAGE) {
            throw damaged(file, "its header gives pages of " + pageBytes + " bytes");
        }
        frameBytes = FRAME_HEADER_BYTES + pageBytes;
        frames = (length - HEADER_BYTES) / frameBytes;
        salts = header.getLong(16);
    }

    /// Throws [EngineException] where `file` has lost what was synced; one that is missing or empty has lost nothing
    /// that could be seen in it.
    static void requireWhole(Path file) {
        try {
            if (Files.size(file) <= HEADER_BYTES) {
                return;
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var header = read(channel, 0, HEADER_BYTES);
            var order = (header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            boolean isSound = (header.getInt(0) & ~1) == MAGIC && sum(0, header, 0, 24, order) == header.getLong(24);
            if (!isSound) {
                throw damaged(file, "its header does not match its checksum");
            }
            new WalFile(file, channel, header, order, channel.size()).walk(header.getLong(24));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// Follows the frames to the first that SQLite would not believe, and looks at what stands behind it.
    private void walk(long start) throws IOException {
        long bad = 0;
        long chain = start;
        while (bad < frames) {
            var frame = frame(bad);
            var header = header(frame);
            chain = sumOf(chain, frame);
            if (header.salts() != salts || header.stored() != chain || header.page() == 0) {
                break;
            }
            bad++;
        }
        boolean isBehindCommit = false;
        for (long at = bad; at < frames; at++) {
            var header = header(frame(at));
            if (!isOfThisRound(at, header)) {
                continue;
            }
            if (isBehindCommit) {
                throw damaged(
                        file,
                        "frame " + (bad + 1) + " does not match its checksum, and frame " + (at + 1)
                                + " of a later transaction stands behind it");
            }
            isBehindCommit = header.isCommit();
        }
    }

    /// Whether a frame was written since the file was last begun anew: by its salts, or, where these are what was
    /// damaged, by the next frame's checksum, which continues from its own.
    private boolean isOfThisRound(long at, FrameHeader header) throws IOException {
        if (header.salts() == salts) {
            return true;
        }
        if (at + 1 >= frames) {
            return false;
        }
        var next = frame(at + 1);
        return header(next).salts() == salts && header(next).stored() == sumOf(header.stored(), next);
    }

    private ByteBuffer frame(long at) throws IOException {
        return read(channel, HEADER_BYTES + at * frameBytes, frameBytes);
    }

    private static FrameHeader header(ByteBuffer frame) {
        return new FrameHeader(frame.getInt(0), frame.getInt(4), frame.getLong(8), frame.getLong(16));
    }

    /// Continues a checksum over the first half of a frame's header and its page.
    private long sumOf(long from, ByteBuffer frame) {
        return sum(sum(from, frame, 0, 8, order), frame, FRAME_HEADER_BYTES, frame.limit(), order);
    }

    /// SQLite's checksum of two 32-bit words, the first in the upper half, continued from `from`.
    private static long sum(long from, ByteBuffer bytes, int start, int end, ByteOrder order) {
        var words = bytes.duplicate().order(order);
        int first = (int) (from >>> 32);
        int second = (int) from;
        for (int at = start; at < end; at += 8) {
            first += words.getInt(at) + second;
            second += words.getInt(at + 4) + first;
        }
        return (long) first << 32 | second & 0xFFFF_FFFFL;
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("it became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    private static EngineException damaged(Path file, String what) {
        return new EngineException(file + " is damaged: " + what + ", so that what was acknowledged is lost here: "
                + SqliteFile.LOST_FOLDER);
    }

    private static EngineException unreadable(Path file, IOException cause) {
        return new EngineException("cannot read " + file + ": " + cause + ": check the disk", cause);
    }
}
