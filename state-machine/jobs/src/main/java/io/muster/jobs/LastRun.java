package io.muster.jobs;

import io.muster.log.FencingToken;
import io.muster.log.NodeId;

/// The most recent run of a job that has ended.
public sealed interface LastRun {
    /// No worker has had it, or its first one still has.
    record None() implements LastRun {}

    /// `worker` had it.
    ///
    /// @param worker who ran it
    /// @param attempt which attempt that was
    /// @param fence what that attempt was fenced with
    /// @param sinceMicros log time at which it was claimed
    record By(NodeId worker, int attempt, FencingToken fence, long sinceMicros) implements LastRun {}
}
