package io.muster.raft;

import io.muster.log.TransferAnswer;

/// How often the rarer things happened in a run of [ChaosCluster], so that a test which never meets
/// them shows.
final class ChaosCoverage {
    private int cuts;
    private int installs;
    private int emptied;
    private int transfers;
    private int failedTransfers;

    void count(Effect effect) {
        if (effect instanceof Effect.CutPrefix) {
            cuts++;
        } else if (effect instanceof Effect.InstallState) {
            installs++;
        } else if (effect instanceof Effect.Persist persist && persist.cut() instanceof Effect.Cut.Everything) {
            emptied++;
        } else if (effect instanceof Effect.TransferEnded(long _, TransferAnswer.Done _)) {
            transfers++;
        } else if (effect instanceof Effect.TransferEnded(long _, TransferAnswer.Failed _)) {
            failedTransfers++;
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

    /// Leaderships that were handed over.
    int transfers() {
        return transfers;
    }

    /// Leaderships that were to be handed over, and were not.
    int failedTransfers() {
        return failedTransfers;
    }

    /// Logs that began anew: once for each install, and again where the power went before that was
    /// synced.
    int emptied() {
        return emptied;
    }
}
