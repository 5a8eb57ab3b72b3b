package io.muster.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out what waiting jobs wait for in vain. It looks at lanes, never at the jobs in them: a million queued jobs
/// cost what their lanes cost.
final class StallFinder {
    private final JobIndexes indexes;
    private final Map<Demand, Optional<Obstacle.Lasting>> known = new HashMap<>();

    StallFinder(JobIndexes indexes) {
        this.indexes = indexes;
    }

    /// Every lasting obstacle with how many jobs it keeps waiting, the one that keeps most first.
    List<Stall> all() {
        var found = new LinkedHashMap<Obstacle.Lasting, Stall>();
        for (Lane lane : indexes.lanes.lanes()) {
            if (lane.waiting() > 0) {
                obstacle(lane)
                        .ifPresent(obstacle -> found.merge(obstacle, stall(lane, obstacle), StallFinder::together));
            }
        }
        var stalls = new ArrayList<>(found.values());
        stalls.sort((one, other) -> one.jobs() != other.jobs()
                ? Long.compare(other.jobs(), one.jobs())
                : one.oldest().compareTo(other.oldest()));
        return stalls;
    }

    private Optional<Obstacle.Lasting> obstacle(Lane lane) {
        return known.computeIfAbsent(lane.demand(), _ -> Optional.ofNullable(indexes.lastingObstacle(lane)));
    }

    private static Stall stall(Lane lane, Obstacle.Lasting obstacle) {
        Job oldest = lane.oldestWaiting();
        long since = oldest.state() instanceof JobState.Queued(var sinceMicros) ? sinceMicros : oldest.submittedMicros;
        return new Stall(obstacle, lane.waiting(), oldest.id, since);
    }

    private static Stall together(Stall one, Stall other) {
        Stall older = one.oldest().compareTo(other.oldest()) <= 0 ? one : other;
        return new Stall(one.obstacle(), one.jobs() + other.jobs(), older.oldest(), older.sinceMicros());
    }
}
