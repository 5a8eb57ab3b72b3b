package io.muster.raft;

/// Whether what is committed is also applied here. A state machine that hangs leaves a node that votes, leads and
/// commits as if nothing were wrong, for ever (T40, T43).
final class ApplyWatch {
    private long applied;
    private long progressTick;

    /// At `tick` everything up to `appliedIndex` is applied and everything up to `commitIndex` could be.
    void tick(long tick, long appliedIndex, long commitIndex) {
        if (appliedIndex > applied || appliedIndex >= commitIndex) {
            progressTick = tick;
        }
        applied = appliedIndex;
    }

    /// Everything up to this is applied.
    long applied() {
        return applied;
    }

    /// Whether nothing was applied for `ticks`, though there was something to apply.
    boolean isStalled(long tick, int ticks) {
        return tick - progressTick >= ticks;
    }
}
