package io.muster.raftruntime;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.LogTime;
import io.muster.log.SnapshotMeta;
import java.io.IOException;
import java.io.InputStream;

/// The parts of a snapshot file, version 1:
///
/// ```
///   header   magic MSNP │ version u8 │ cluster 16 │ group u8 │ last index, last term, micros, elapsed i64
///            │ engine i32 + bytes │ CRC-32C of the header
///   chunk    1 u8 │ section u8 + text │ length i32 │ CRC-32C of the bytes │ bytes          once for each chunk
///   footer   2 u8 │ chunks i64 │ CRC-32C of everything before it
/// ```
///
/// Nothing in it is one node's own, so that the nodes of a cluster can pass the file on as it is.
final class SnapshotFormat {
    /// A chunk has about a mebibyte. A damaged length must not make a node ask for more memory than it has.
    static final int MAX_CHUNK_BYTES = 1 << 26;

    static final int CHUNK = 1;
    static final int FOOTER = 2;

    private static final int MAGIC = 0x4D53_4E50;
    private static final int VERSION = 1;
    private static final int MAX_ENGINE_BYTES = 1 << 18;

    /// Magic, version, cluster, group, four numbers and the length of what the engine keeps.
    private static final int FIXED_BYTES = 4 + 1 + 16 + 1 + 4 * 8 + 4;

    private SnapshotFormat() {}

    /// A header as it was read.
    ///
    /// @param bytes how long it is in the file
    record Header(ClusterId cluster, int group, SnapshotMeta meta, int bytes) {}

    static byte[] header(ClusterId cluster, int group, SnapshotMeta meta) {
        var writer = new BinaryWriter()
                .i32(MAGIC)
                .u8(VERSION)
                .i64(cluster.high())
                .i64(cluster.low())
                .u8(group)
                .i64(meta.lastIndex())
                .i64(meta.lastTerm())
                .i64(meta.lastTime().micros())
                .i64(meta.lastTime().elapsedMicros())
                .i32(meta.engine().size())
                .raw(meta.engine().array());
        return writer.i32(writer.checksumFrom(0)).toBytes();
    }

    static byte[] chunkHead(String section, Bytes chunk, int checksum) {
        byte[] name = Bytes.utf8(section).array();
        return new BinaryWriter()
                .u8(CHUNK)
                .u8(name.length)
                .raw(name)
                .i32(chunk.size())
                .i32(checksum)
                .toBytes();
    }

    /// The footer without its checksum, which covers it too.
    static byte[] footer(long chunks) {
        return new BinaryWriter().u8(FOOTER).i64(chunks).toBytes();
    }

    /// Reads a header from the begin of a file; throws [MalformedException] where it is none or damaged, and
    /// [EngineException] where it is of a version that is not known here.
    static Header header(byte[] begin) {
        var reader = BinaryReader.over(begin);
        if (reader.i32() != MAGIC) {
            throw new MalformedException("it does not begin as a snapshot does");
        }
        int version = reader.u8();
        if (version != VERSION) {
            throw new EngineException("a snapshot has version " + version + ", this version of Muster reads " + VERSION
                    + ": start the version that wrote it, or a later one");
        }
        var cluster = new ClusterId(reader.i64(), reader.i64());
        int group = reader.u8();
        long lastIndex = reader.i64();
        long lastTerm = reader.i64();
        var time = new LogTime(reader.i64(), reader.i64());
        int length = reader.i32();
        if (length < 0 || length > MAX_ENGINE_BYTES) {
            throw new MalformedException("its header does not match its checksum");
        }
        Bytes engine = Bytes.wrap(reader.raw(length));
        int end = reader.position();
        int checksum = new BinaryWriter().raw(begin, 0, end).checksumFrom(0);
        if (reader.i32() != checksum || lastIndex <= 0 || lastTerm <= 0) {
            throw new MalformedException("its header does not match its checksum");
        }
        return new Header(cluster, group, new SnapshotMeta(lastIndex, lastTerm, time, engine), reader.position());
    }

    /// Reads a header from the begin of `in`, and no further; throws as [#header(byte\[\])] does.
    static Header header(InputStream in) throws IOException {
        byte[] fixed = in.readNBytes(FIXED_BYTES);
        if (fixed.length < FIXED_BYTES) {
            throw new MalformedException("it ends within its header");
        }
        int length = BinaryReader.over(fixed, FIXED_BYTES - Integer.BYTES, Integer.BYTES)
                .i32();
        int rest = length < 0 || length > MAX_ENGINE_BYTES ? 0 : length + Integer.BYTES;
        return header(new BinaryWriter().raw(fixed).raw(in.readNBytes(rest)).toBytes());
    }
}
