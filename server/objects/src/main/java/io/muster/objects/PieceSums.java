package io.muster.objects;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;
import io.muster.references.ObjectId;
import java.util.zip.CRC32C;

/// The sums of an object's pieces, by which a part of it can be checked without reading the rest: damage is found by
/// the first who reads it, also in the middle of a large file.
///
/// Stored as: version byte 1 · bytes of the object i64 · bytes of a piece i32 · CRC-32C of each piece i32 · CRC-32C of
/// everything before i32.
final class PieceSums {
    /// A read checks whole pieces, so a small one costs little more than its bytes, and 4 GiB have 4,096 sums.
    static final int PIECE_BYTES = 1 << 20;

    private static final int VERSION = 1;
    private static final int HEAD_BYTES = 1 + Long.BYTES + Integer.BYTES;

    private final long bytes;
    private final int[] sums;

    private PieceSums(long bytes, int[] sums) {
        this.bytes = bytes;
        this.sums = sums;
    }

    /// How many pieces an object of that size has.
    static int pieces(long bytes) {
        return (int) ((bytes + PIECE_BYTES - 1) / PIECE_BYTES);
    }

    /// No stored form is longer.
    static int maxBytes() {
        return HEAD_BYTES + (pieces(ObjectId.MAX_BYTES) + 1) * Integer.BYTES;
    }

    /// How many bytes the object has.
    long bytes() {
        return bytes;
    }

    /// Whether `piece` is the one with that number.
    boolean matches(int number, byte[] piece) {
        return number < sums.length && sums[number] == Checksum.of(piece);
    }

    Bytes encode() {
        var writer = new BinaryWriter(HEAD_BYTES + (sums.length + 1) * Integer.BYTES)
                .u8(VERSION)
                .i64(bytes)
                .i32(PIECE_BYTES);
        for (int sum : sums) {
            writer.i32(sum);
        }
        return Bytes.wrap(writer.i32(writer.checksumFrom(0)).toBytes());
    }

    /// Reads the stored form back; throws [MalformedException] unless all of it is what was written.
    static PieceSums decode(byte[] stored) {
        int end = stored.length - Integer.BYTES;
        if (end < HEAD_BYTES || BinaryReader.over(stored, end, Integer.BYTES).i32() != Checksum.of(stored, 0, end)) {
            throw new MalformedException("the sums of an object do not match their checksum");
        }
        var reader = BinaryReader.over(stored, 0, end);
        int version = reader.u8();
        long bytes = reader.i64();
        int pieceBytes = reader.i32();
        if (version != VERSION || pieceBytes != PIECE_BYTES || bytes < 0 || bytes > ObjectId.MAX_BYTES) {
            throw new MalformedException("the sums of an object are of version " + version + " for " + bytes
                    + " bytes in pieces of " + pieceBytes + ", which is not known here");
        }
        var sums = new int[pieces(bytes)];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = reader.i32();
        }
        reader.end();
        return new PieceSums(bytes, sums);
    }

    /// Sums up an object as it comes, in chunks of any size.
    static final class Running {
        private final int[] sums;
        private final CRC32C piece = new CRC32C();
        private int inPiece;
        private int done;
        private long bytes;

        Running(long expectedBytes) {
            sums = new int[pieces(expectedBytes)];
        }

        void add(byte[] chunk) {
            int at = 0;
            while (at < chunk.length) {
                int more = Math.min(chunk.length - at, PIECE_BYTES - inPiece);
                piece.update(chunk, at, more);
                at += more;
                inPiece += more;
                if (inPiece == PIECE_BYTES) {
                    close();
                }
            }
            bytes += chunk.length;
        }

        PieceSums end() {
            if (inPiece > 0) {
                close();
            }
            return new PieceSums(bytes, sums.clone());
        }

        private void close() {
            sums[done++] = (int) piece.getValue();
            piece.reset();
            inPiece = 0;
        }
    }
}
