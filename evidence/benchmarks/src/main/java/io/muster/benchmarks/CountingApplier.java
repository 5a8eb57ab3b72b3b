package io.muster.benchmarks;

import io.muster.log.Applier;
import io.muster.log.CommittedBatch;
import io.muster.log.Leadership;
import io.muster.log.Outcome;
import io.muster.log.Proposal;
import io.muster.log.Reply;
import java.util.concurrent.atomic.AtomicLong;

/// Applies by counting, so that what is measured is the engine.
final class CountingApplier implements Applier {
    private static final Reply NOTHING = new Reply() {};

    private final Runnable onLeading;
    private volatile long appliedIndex;
    private final AtomicLong batches = new AtomicLong();

    CountingApplier(Runnable onLeading) {
        this.onLeading = onLeading;
    }

    @Override
    public void deliver(CommittedBatch batch) {
        appliedIndex = batch.lastIndex();
        batches.incrementAndGet();
        long index = batch.firstIndex();
        for (Proposal proposal : batch.proposals()) {
            proposal.completed(new Outcome.Applied(index++, NOTHING));
        }
    }

    @Override
    public long appliedIndex() {
        return appliedIndex;
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
