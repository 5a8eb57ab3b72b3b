package io.muster.jobs;

import io.muster.encoding.Digest;
import io.muster.log.Stamp;

/// A fingerprint of every move so far: equal on two nodes exactly if they made the same moves.
final class MoveDigest {
    private long value;

    long value() {
        return value;
    }

    /// Folds a move in: which job, into which state, to whom or until when.
    void add(Job job, JobState state, Stamp now) {
        value = new Digest(value)
                .add(job.id.value())
                .add(job.tries().claims())
                .add(state.kind().digestNumber)
                .add(detail(state))
                .add(now.micros())
                .add(now.elapsedMicros())
                .value();
    }

    void restore(long saved) {
        value = saved;
    }

    private static long detail(JobState state) {
        return switch (state) {
            case JobState.Claimed(var claim) -> claim.worker().value().hashCode();
            case JobState.Unclaimed unclaimed ->
                unclaimed.dueMicros() == JobState.InLedger.NEVER ? 0 : unclaimed.dueMicros();
            case JobState.Finished _ -> 0;
        };
    }
}
