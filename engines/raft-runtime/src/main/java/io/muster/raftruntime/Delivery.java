package io.muster.raftruntime;

import io.muster.encoding.Invariant;
import io.muster.log.Applier;
import io.muster.log.CommittedBatch;
import io.muster.log.CommittedBatch.Content;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import io.muster.raft.Batch;
import java.util.ArrayDeque;
import java.util.List;

/// Brings committed batches to the applier, in order, each once, and no faster than it applies them.
///
/// A batch comes from the core's memory, or, after a restart, from the store in slices; one slice is asked for at a
/// time.
final class Delivery {
    /// How much may wait at the applier. It bounds the memory that a slow applier costs, and is several
    /// full batches, so that a quick one never waits for the loop.
    static final long MAX_UNAPPLIED_BYTES = 16 << 20;

    /// The most that is read from the store at once, and delivered before the loop looks at its events and clock again:
    /// a node that replays its log must not miss a heartbeat over it.
    static final int SLICE_BYTES = 1 << 20;

    private final Applier applier;
    private final InflightProposals inflight;
    private final ArrayDeque<Delivered> unapplied = new ArrayDeque<>();
    private long unappliedBytes;
    private long deliveredBytes;
    private long deliveredIndex;
    private long commitIndex;
    private boolean isReading;
    private long readingFrom;

    private record Delivered(long lastIndex, int bytes) {}

    /// What the next batches come from.
    interface BatchSource {
        /// Batches in memory from the one that holds `index`; none where they are older than that.
        List<Batch> recent(long index, int maxBytes);

        /// Whether `batch` stands in the log now, and is not what a cut on its way to the disk will remove there.
        boolean isInLog(Batch batch);

        /// Asks the store for batches from `index`; they come to [Delivery#replay].
        void readOld(long index, int maxBytes);
    }

    Delivery(Applier applier, InflightProposals inflight) {
        this.applier = applier;
        this.inflight = inflight;
    }

    /// Everything up to the end of `meta` is in the snapshot behind `reader`: the next batch is the one behind it.
    void install(SnapshotMeta meta, SnapshotReader reader) {
        Invariant.check(meta.lastIndex() > deliveredIndex, "a snapshot takes nothing back");
        deliveredIndex = meta.lastIndex();
        commitIndex = Math.max(commitIndex, deliveredIndex);
        applier.install(meta, reader);
    }

    /// Everything up to `index` may be delivered.
    void committed(long index) {
        Invariant.check(index >= commitIndex, "the commit index never falls");
        commitIndex = index;
    }

    /// How many bytes of batches were delivered since the start.
    long deliveredBytes() {
        return deliveredBytes;
    }

    /// The last index that may be delivered.
    long commitIndex() {
        return commitIndex;
    }

    /// Delivers the next slice of what is committed, if the applier keeps up.
    void advance(BatchSource source) {
        forgetApplied();
        if (!canAdvance()) {
            return;
        }
        List<Batch> batches = source.recent(deliveredIndex + 1, SLICE_BYTES);
        if (batches.isEmpty()) {
            isReading = true;
            readingFrom = deliveredIndex + 1;
            source.readOld(deliveredIndex + 1, SLICE_BYTES);
            return;
        }
        deliver(batches);
    }

    /// Whether there is something to deliver that the applier has room for.
    boolean canAdvance() {
        return !isReading && deliveredIndex < commitIndex && unappliedBytes < MAX_UNAPPLIED_BYTES;
    }

    /// Takes what the store had; [#advance] goes on from there.
    ///
    /// What it had may be older than the log: where a leader's entries replaced this node's own, the disk shows the
    /// old ones until that write is done. The part that is not in the log is left, and asked for again. So is
    /// what was asked for before a snapshot was installed.
    void replay(List<Batch> batches, BatchSource source) {
        isReading = false;
        if (readingFrom != deliveredIndex + 1) {
            return;
        }
        int known = 0;
        while (known < batches.size() && source.isInLog(batches.get(known))) {
            known++;
        }
        deliver(batches.subList(0, known));
    }

    private void deliver(List<Batch> batches) {
        for (Batch batch : batches) {
            if (batch.lastIndex() > commitIndex) {
                return;
            }
            Invariant.check(
                    batch.firstIndex() == deliveredIndex + 1,
                    "batches are delivered without a gap: " + batch.firstIndex() + " after " + deliveredIndex);
            deliveredIndex = batch.lastIndex();
            unapplied.addLast(new Delivered(batch.lastIndex(), batch.size()));
            unappliedBytes += batch.size();
            deliveredBytes += batch.size();
            applier.deliver(new CommittedBatch(
                    batch.firstIndex(), batch.count(), batch.term(), batch.time(), content(batch), inflight.of(batch)));
            inflight.delivered(batch);
        }
    }

    private void forgetApplied() {
        long applied = applier.appliedIndex();
        while (!unapplied.isEmpty() && unapplied.getFirst().lastIndex() <= applied) {
            unappliedBytes -= unapplied.removeFirst().bytes();
        }
    }

    /// What of a batch the state machine sees.
    static Content content(Batch batch) {
        return switch (batch.kind()) {
            case COMMANDS -> new Content.Commands(batch.body());
            case TERM_START -> new Content.TermStart(new NodeId(batch.body().text()));
            case CONFIGURATION -> new Content.EngineOwn();
        };
    }
}
