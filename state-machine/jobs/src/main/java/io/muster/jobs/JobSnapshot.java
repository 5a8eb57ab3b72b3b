package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.encoding.Invariant;
import java.util.function.Consumer;

/// The job ledger as a section of a snapshot: a sequence of chunks of about [#CHUNK_BYTES], so that no more than one
/// of them has to be in memory at once.
///
/// A chunk is: version u8 · part u8 · records i32 · the records · CRC-32C of all before it. The parts come in the order
/// of `Part`; a part may take several chunks. Two ledgers with equal chunks are equal and go on alike.
public final class JobSnapshot {
    /// The size at which a chunk is closed; its last record may reach over it.
    public static final int CHUNK_BYTES = 1 << 20;

    static final int VERSION = 1;

    private JobSnapshot() {}

    /// Hands the ledger's chunks to `sink`. Closed history blocks must have been taken before: they are kept elsewhere.
    public static void write(JobLedger ledger, Consumer<Bytes> sink) {
        Invariant.check(!ledger.indexes().history.hasClosed(), "closed history blocks are taken before a snapshot");
        new JobSnapshotWriter(ledger.indexes(), sink).write();
    }

    /// The ledger that was written; from here on it tells `events` what happens. Throws
    /// [io.muster.encoding.MalformedException] where a chunk is damaged, missing or of an unknown version.
    public static JobLedger read(Iterable<Bytes> chunks, JobEvents events) {
        var ledger = new JobLedger(events);
        ledger.fill(chunks);
        return ledger;
    }

    /// What a chunk holds.
    enum ChunkKind {
        HEAD,
        QUEUES,
        WORKERS,
        JOBS,
        KEYS,
        OUTCOMES,
        OPEN_BLOCK,
        /// Nothing; says that nothing is missing.
        END
    }

    /// Their stored numbers.
    static final EnumCodec<ChunkKind> PARTS = EnumCodec.of(
            ChunkKind.HEAD,
            ChunkKind.QUEUES,
            ChunkKind.WORKERS,
            ChunkKind.JOBS,
            ChunkKind.KEYS,
            ChunkKind.OUTCOMES,
            ChunkKind.OPEN_BLOCK,
            ChunkKind.END);
}
