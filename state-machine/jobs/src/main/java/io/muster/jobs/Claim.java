package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.log.FencingToken;
import io.muster.log.NodeId;

/// One worker's hold on one job.
///
/// @param worker who holds it
/// @param incarnation which process of that name
/// @param attempt the how many-th claim of the job this is, from 1
/// @param fence the number that everything done under this claim is fenced with
/// @param sinceMicros the date at which it was given
/// @param deadlineElapsedMicros the elapsed time at which the run must have ended
/// @param checkpoint what the worker last said to have reached; empty until it does, handed on to the next claim
public record Claim(
        NodeId worker,
        long incarnation,
        int attempt,
        FencingToken fence,
        long sinceMicros,
        long deadlineElapsedMicros,
        Bytes checkpoint) {
    Claim withCheckpoint(Bytes next) {
        return new Claim(worker, incarnation, attempt, fence, sinceMicros, deadlineElapsedMicros, next);
    }

    /// The elapsed time at which the ledger itself ends the claim, because its worker has not said how the run ended.
    long expiryElapsedMicros() {
        return deadlineElapsedMicros + JobLimits.DEADLINE_GRACE_MICROS;
    }
}
