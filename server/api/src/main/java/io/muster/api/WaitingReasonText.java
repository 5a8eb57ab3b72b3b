package io.muster.api;

import io.muster.jobs.Explanation;
import io.muster.jobs.JobState;
import io.muster.jobs.Obstacle;
import io.muster.jobs.Obstacle.Ineligibility;
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
                case Obstacle.Lasting lasting -> parts.add(inWords(lasting));
                case Obstacle.ConcurrencyFull(String key, int limit) ->
                    parts.add("as many run under '" + key + "' as may, " + limit);
                case Obstacle.MustRunAlone(int losses) ->
                    parts.add("lost " + losses + " times, it waits for a worker of its own");
                case Obstacle.Worker(var _, Ineligibility reason) -> workers.merge(reason, 1, Integer::sum);
            }
        }
        workers.forEach(
                (reason, count) -> parts.add(count + (count == 1 ? " worker " : " workers ") + inWords(reason)));
        return parts.isEmpty() ? "next in line" : String.join("; ", parts);
    }

    /// What keeps jobs waiting in vain.
    static String inWords(Obstacle.Lasting obstacle) {
        return switch (obstacle) {
            case Obstacle.QueuePaused(String queue) -> "queue " + queue + " is paused";
            case Obstacle.NoWorkers() -> "no worker is there";
            case Obstacle.NoHandler(String type) -> "no worker has a handler for " + type;
            case Obstacle.NoLabels(String type, var labels) ->
                "no worker has both a handler for " + type + " and the labels " + labels;
            case Obstacle.NoTaker(String type, var _) ->
                "the workers that could take " + type + " are draining, away, or kept free as the leader";
        };
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
