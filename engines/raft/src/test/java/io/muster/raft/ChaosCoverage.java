package io.muster.raft;

/// How often the rarer things happened in a run of [ChaosCluster], so that a test which never meets
/// them shows.
final class ChaosCoverage {
    private int cuts;
    private int installs;
    private int emptied;

    void count(Effect effect) {
        if (effect instanceof Effect.CutPrefix) {
            cuts++;
        } else if (effect instanceof Effect.InstallState) {
            installs++;
        } else if (effect instanceof Effect.Persist persist && persist.cut() instanceof Effect.Cut.Everything) {
            emptied++;
        }
    }

    /// Logs that were cut behind a snapshot.
    int cuts() {
        return cuts;
    }

    /// States that were taken over.
    int installs() {
        return installs;
    }

    /// Logs that began anew: once for each install, and again where the power went before that was
    /// synced.
    int emptied() {
        return emptied;
    }
}
