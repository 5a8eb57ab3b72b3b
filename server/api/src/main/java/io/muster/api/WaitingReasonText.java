package io.muster.api;

import io.muster.jobs.Explanation;
import io.muster.jobs.Explanation.Ineligibility;
import io.muster.jobs.Explanation.Obstacle;
import io.muster.jobs.JobState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says in one sentence why a job does not run.
final class WaitingReasonText {
    private WaitingReasonText() {}

    /// The sentence, or nothing for a job that runs or is dead.
    static Optional<String> sentence(Explanation explanation) {
        return switch (explanation.state()) {
            case JobState.Scheduled(long untilMicros, var why) ->
                switch (why) {
                    case ASKED -> Optional.of("put off until " + JobViews.instant(untilMicros));
                    case RETRY -> Optional.of("failed, tries again at " + JobViews.instant(untilMicros));
                };
            case JobState.Queued _ -> Optional.of(queued(explanation.obstacles()));
            case JobState.Claimed _, JobState.Dead _ -> Optional.empty();
        };
    }

    private static String queued(List<Obstacle> obstacles) {
        var parts = new ArrayList<String>();
        Map<Ineligibility, Integer> workers = new EnumMap<>(Ineligibility.class);
        for (Obstacle obstacle : obstacles) {
            switch (obstacle) {
                case Obstacle.QueuePaused(String queue) -> parts.add("queue " + queue + " is paused");
                case Obstacle.ConcurrencyFull(String key, int limit) ->
                    parts.add("as many run under '" + key + "' as may, " + limit);
                case Obstacle.MustRunAlone(int losses) ->
                    parts.add("lost " + losses + " times, it waits for a worker of its own");
                case Obstacle.NoWorkers() -> parts.add("no worker is there");
                case Obstacle.NoHandler(String type) -> parts.add("no worker has a handler for " + type);
                case Obstacle.Worker(var _, Ineligibility reason) -> workers.merge(reason, 1, Integer::sum);
            }
        }
        workers.forEach(
                (reason, count) -> parts.add(count + (count == 1 ? " worker " : " workers ") + inWords(reason)));
        return parts.isEmpty() ? "next in line" : String.join("; ", parts);
    }

    private static String inWords(Ineligibility reason) {
        return switch (reason) {
            case NO_HANDLER -> "without its handler";
            case LABELS_MISSING -> "without its labels";
            case AWAY -> "away";
            case DRAINING -> "draining";
            case LEADS -> "leading, and the queue keeps the leader free";
            case FULL -> "full";
            case RESERVED -> "kept for a job that must run alone";
        };
    }
}
