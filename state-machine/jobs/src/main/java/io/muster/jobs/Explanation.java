package io.muster.jobs;

import java.util.List;

/// Why a job of the ledger does not run at this moment.
///
/// @param state where it stands
/// @param obstacles what keeps a queued job waiting, the queue's affairs first, then each worker's; of other jobs the
///     state says it all
public record Explanation(JobState.InLedger state, List<Obstacle> obstacles) {
    public Explanation {
        obstacles = List.copyOf(obstacles);
    }
}
