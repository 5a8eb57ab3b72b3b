package io.muster.api;

import io.muster.jobs.JobId;
import io.muster.jobs.JobLedger;
import io.muster.jobs.Obstacle;
import io.muster.jobs.Stall;
import io.muster.state.ClusterState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Says of jobs that nothing in the cluster can run as it stands what is in their way: in advice, and to the submitter.
final class StallText {
    /// A worker that restarts is back sooner.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// More lines would hide the other advice; the ones that most jobs wait for come first.
    private static final int MAX_LINES = 5;

    private StallText() {}

    /// One sentence for each thing that jobs have waited for in vain for a while. Log time stands still while nothing
    /// happens, so the age is measured by `nowMicros` of the wall clock where that is later.
    static List<String> sentences(ClusterState state, long nowMicros) {
        var lines = new ArrayList<String>();
        for (Stall stall : lasting(state, nowMicros)) {
            if (lines.size() == MAX_LINES) {
                break;
            }
            lines.add(stall.jobs()
                    + (stall.jobs() == 1 ? " job waits: " : " jobs wait: ")
                    + WaitingReasonText.inWords(stall.obstacle()));
        }
        return lines;
    }

    /// What has been waited for in vain for a while.
    static List<Stall> lasting(ClusterState state, long nowMicros) {
        long now = Math.max(nowMicros, state.micros());
        return state.jobs().stalls().stream()
                .filter(stall -> now - stall.sinceMicros() >= PATIENCE.toNanos() / 1_000)
                .toList();
    }

    /// What will keep a job waiting in vain that was just submitted, `""` for nothing.
    static String hint(JobLedger jobs, JobId job) {
        return jobs.lastingObstacle(job)
                .map(obstacle -> "it waits: " + WaitingReasonText.inWords(obstacle))
                .orElse("");
    }

    /// One word for a metric's label: never what a client wrote.
    static String kind(Obstacle.Lasting obstacle) {
        return switch (obstacle) {
            case Obstacle.NoWorkers _ -> "workers";
            case Obstacle.NoHandler _ -> "handler";
            case Obstacle.NoLabels _ -> "labels";
            case Obstacle.NoTaker _ -> "taker";
            case Obstacle.QueuePaused _ -> "queue";
        };
    }
}
