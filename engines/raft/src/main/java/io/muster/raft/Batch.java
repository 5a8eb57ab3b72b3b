package io.muster.raft;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Invariant;
import io.muster.encoding.MalformedException;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import java.util.zip.CRC32C;

/// A run of entries that is appended, sent, stored, acknowledged and cut as one: the log is a sequence of batches.
///
/// The leader seals it once; everyone else keeps and passes on the very same bytes. Because one leader a term makes
/// all batches of that term, (term, index) names one batch in every log, and a conflict between two logs always lies
/// between two batches.
///
/// @param firstIndex the index of its first entry, counted from 1
/// @param count how many entries it holds
/// @param term the term in which it was appended
/// @param kind what it holds
/// @param time log time of its entries; no part of it is ever less than in the batch before
/// @param body the entries; opaque here
/// @param checksum CRC-32C over the encoded header and the body
public record Batch(long firstIndex, int count, long term, BatchKind kind, LogTime time, Bytes body, int checksum) {
    /// No body is larger: one entry of the largest envelope fits, and a hostile length cannot exhaust memory.
    public static final int MAX_BODY_BYTES = 1 << 23;

    /// How many entries a batch may hold at most.
    public static final int MAX_COUNT = 1 << 20;

    /// What a batch takes beside its body when encoded, in bytes: the header and the checksum.
    public static final int OVERHEAD_BYTES = 46;

    private static final int VERSION = 1;

    public Batch {
        Invariant.check(firstIndex > 0 && count > 0 && count <= MAX_COUNT, "a batch holds entries from index 1 on");
        Invariant.check(term >= 0, "a term is never negative");
        Invariant.check(body.size() <= MAX_BODY_BYTES, "a batch's body stays within its limit");
    }

    /// Makes a batch and computes its checksum; only the leader in its term may.
    public static Batch seal(Head head, Bytes body) {
        var draft = new Batch(head.firstIndex, head.count, head.term, head.kind, head.time, body, 0);
        return new Batch(head.firstIndex, head.count, head.term, head.kind, head.time, body, draft.sum());
    }

    /// The batch that every voter of a new cluster starts its log with: the same bytes on each, index 1, term 0.
    public static Batch bootstrap(Configuration configuration) {
        return seal(new Head(1, 1, 0, BatchKind.CONFIGURATION, LogTime.ZERO), configuration.encode());
    }

    /// The batch that opens the term in which `leader` leads.
    static Batch termStart(long index, long term, LogTime time, NodeId leader) {
        return seal(new Head(index, 1, term, BatchKind.TERM_START, time), Bytes.utf8(leader.value()));
    }

    /// The batch by which `configuration` comes into force.
    static Batch configuration(long index, long term, LogTime time, Configuration configuration) {
        return seal(new Head(index, 1, term, BatchKind.CONFIGURATION, time), configuration.encode());
    }

    /// The index of its last entry.
    public long lastIndex() {
        return firstIndex + count - 1;
    }

    /// How many bytes it takes in a log or message.
    public int size() {
        return OVERHEAD_BYTES + body.size();
    }

    /// Whether header and body still are what the leader sealed.
    public boolean isIntact() {
        return checksum == sum();
    }

    /// Appends the header, the checksum and the body.
    public void write(BinaryWriter writer) {
        writeHeader(writer);
        writer.i32(checksum).raw(body.array());
    }

    /// Reads back what [#write] wrote; throws [MalformedException] where the checksum does not fit the bytes.
    public static Batch read(BinaryReader reader) {
        int version = reader.u8();
        if (version != VERSION) {
            throw new MalformedException("a batch of version " + version + ": this version reads " + VERSION);
        }
        var kind = BatchKind.ofCode(reader.u8());
        long firstIndex = reader.i64();
        int count = reader.i32();
        long term = reader.i64();
        var time = new LogTime(reader.i64(), reader.i64());
        int length = reader.i32();
        int checksum = reader.i32();
        boolean isPlausible = firstIndex > 0 && count > 0 && count <= MAX_COUNT && term >= 0;
        if (!isPlausible || length < 0 || length > MAX_BODY_BYTES) {
            throw new MalformedException("a batch header with impossible values at " + reader.position());
        }
        var batch = new Batch(firstIndex, count, term, kind, time, Bytes.wrap(reader.raw(length)), checksum);
        if (!batch.isIntact()) {
            throw new MalformedException("the batch at " + firstIndex + " does not fit its checksum");
        }
        return batch;
    }

    private int sum() {
        var header = new BinaryWriter(OVERHEAD_BYTES);
        writeHeader(header);
        var crc = new CRC32C();
        crc.update(header.toBytes());
        crc.update(body.array());
        return (int) crc.getValue();
    }

    private void writeHeader(BinaryWriter writer) {
        writer.u8(VERSION)
                .u8(kind.code())
                .i64(firstIndex)
                .i32(count)
                .i64(term)
                .i64(time.micros())
                .i64(time.elapsedMicros())
                .i32(body.size());
    }

    /// What a batch says about itself before its body and its checksum are known; the words are those of [Batch].
    public record Head(long firstIndex, int count, long term, BatchKind kind, LogTime time) {}
}
