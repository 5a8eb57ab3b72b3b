package io.muster.worker;

import io.muster.encoding.Bytes;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ClaimedRun;

/// A run that this worker was given.
///
/// @param checkpoint what it has saved and no answered exchange has carried yet; empty for nothing
/// @param checkpointIn the exchange that carries it; 0 for none yet
record Run(ClaimedRun claim, RunState state, Bytes checkpoint, long checkpointIn) {
    static Run waiting(ClaimedRun claim) {
        return new Run(claim, new RunState.Waiting(), Bytes.EMPTY, 0);
    }

    AttemptId id() {
        return claim.id();
    }

    Run in(RunState next) {
        return new Run(claim, next, checkpoint, checkpointIn);
    }

    Run withCheckpoint(Bytes next) {
        return new Run(claim, state, next, 0);
    }

    Run withCheckpointIn(long sequence) {
        return new Run(claim, state, checkpoint, sequence);
    }
}
