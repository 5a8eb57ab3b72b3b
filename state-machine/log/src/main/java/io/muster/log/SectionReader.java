package io.muster.log;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;

/// Reads a section of a snapshot back, as [SectionWriter] wrote it.
public final class SectionReader {
    /// No record is larger: the largest command, the beginning of an audit, is one of them.
    public static final int MAX_RECORD_BYTES = Envelope.MAX_BODY_BYTES + (1 << 20);

    private final String section;
    private final int version;
    private final Records records;

    /// What has come of a record that is cut; empty between two records.
    private final BinaryWriter cut = new BinaryWriter();

    private int part;
    private int chunks;

    /// Takes the records of a section, one by one.
    public interface Records {
        /// Reads one record of `part` and no more than that.
        void read(int part, BinaryReader reader);
    }

    private SectionReader(String section, int version, Records records) {
        this.section = section;
        this.version = version;
        this.records = records;
    }

    /// Reads a section whole. Throws [MalformedException] where it is missing, damaged, not whole or of
    /// another version, which may be after some of its records were given on.
    ///
    /// @param section its name, for the message
    /// @param version the shape of the records that is known here
    public static void read(String section, int version, Iterable<Bytes> chunks, Records records) {
        var reader = new SectionReader(section, version, records);
        for (Bytes chunk : chunks) {
            reader.accept(chunk);
        }
        if (reader.chunks == 0) {
            throw new MalformedException("the section of " + section + " is missing");
        }
        if (reader.part != SectionWriter.END) {
            throw reader.malformed("breaks off after " + reader.chunks + " chunks");
        }
    }

    private void accept(Bytes chunk) {
        byte[] bytes = chunk.array();
        int end = bytes.length - Integer.BYTES;
        boolean isWhole = end >= SectionWriter.HEAD_BYTES
                && bytes.length <= SectionWriter.MAX_CHUNK_BYTES
                && BinaryReader.over(bytes, end, Integer.BYTES).i32() == Checksum.of(bytes, 0, end);
        if (!isWhole) {
            throw malformed("does not match its checksum in chunk " + chunks);
        }
        var reader = BinaryReader.over(bytes, 0, end);
        int found = reader.u8();
        if (found != version) {
            throw malformed("is of version " + found + ", which is not known here");
        }
        int next = reader.u8();
        int count = reader.i32();
        boolean isInOrder = part != SectionWriter.END && next >= part && (cut.size() == 0 || next == part);
        if (!isInOrder) {
            throw malformed("has a chunk of part " + next + " behind one of part " + part);
        }
        part = next;
        if (count == SectionWriter.UNFINISHED || cut.size() > 0) {
            join(bytes, reader.position(), end);
        }
        if (count != SectionWriter.UNFINISHED) {
            boolean isCut = cut.size() > 0;
            readAll(count, isCut ? BinaryReader.over(cut.toBytes()) : reader);
            cut.clear();
        }
        chunks++;
    }

    private void join(byte[] bytes, int from, int end) {
        if (cut.size() + end - from > MAX_RECORD_BYTES + SectionWriter.MAX_CHUNK_BYTES) {
            throw malformed("holds a record of more than " + MAX_RECORD_BYTES + " bytes");
        }
        cut.raw(bytes, from, end - from);
    }

    private void readAll(int count, BinaryReader reader) {
        try {
            for (int i = 0; i < count; i++) {
                if (part == SectionWriter.END) {
                    checkWhole(reader.varint());
                } else {
                    records.read(part, reader);
                }
            }
            reader.end();
        } catch (IllegalArgumentException e) {
            throw malformed("holds what was never allowed: " + e.getMessage());
        }
    }

    private void checkWhole(long written) {
        if (written != chunks) {
            throw malformed("has " + chunks + " chunks of " + written);
        }
    }

    private MalformedException malformed(String what) {
        return new MalformedException("the section of " + section + " " + what);
    }
}
