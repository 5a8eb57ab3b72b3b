package io.muster.benchmarks;

import io.muster.encoding.Bytes;
import io.muster.log.Applier;
import io.muster.log.CommittedBatch;
import io.muster.log.FrozenState;
import io.muster.log.Leadership;
import io.muster.log.LogTime;
import io.muster.log.Outcome;
import io.muster.log.Proposal;
import io.muster.log.Reply;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Applies by counting, so that what is measured is the engine.
final class CountingApplier implements Applier {
    private static final Reply NOTHING = new Reply() {};

    private final Runnable onLeading;
    private volatile long appliedIndex;
    private long appliedTerm;
    private LogTime appliedTime = LogTime.ZERO;
    private final AtomicLong batches = new AtomicLong();

    CountingApplier(Runnable onLeading) {
        this.onLeading = onLeading;
    }

    @Override
    public void deliver(CommittedBatch batch) {
        appliedTerm = batch.term();
        appliedTime = batch.time();
        appliedIndex = batch.lastIndex();
        batches.incrementAndGet();
        long index = batch.firstIndex();
        for (Proposal proposal : batch.proposals()) {
            proposal.completed(new Outcome.Applied(index++, NOTHING));
        }
    }

    @Override
    public void freeze(Consumer<FrozenState> answer) {
        answer.accept(new FrozenCount(appliedIndex, appliedTerm, appliedTime));
    }

    @Override
    public void install(SnapshotMeta meta, SnapshotReader reader) {
        reader.close();
        appliedIndex = meta.lastIndex();
    }

    /// A state that is nothing but its place in the log.
    private record FrozenCount(long lastIndex, long lastTerm, LogTime lastTime) implements FrozenState {
        @Override
        public void write(BiConsumer<String, Bytes> sections) {
            sections.accept("count", Bytes.utf8(Long.toString(lastIndex)));
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    @Override
    public long appliedIndex() {
        return appliedIndex;
    }

    @Override
    public long comparedIndex() {
        return appliedIndex;
    }

    @Override
    public int featureLevel() {
        return 1;
    }

    /// How many batches were delivered.
    long batches() {
        return batches.get();
    }

    @Override
    public void leadershipChanged(Leadership leadership) {
        if (leadership.isMine()) {
            onLeading.run();
        }
    }

    @Override
    public void engineStopped(String reason) {
        throw new IllegalStateException("the engine under test stopped: " + reason);
    }
}
