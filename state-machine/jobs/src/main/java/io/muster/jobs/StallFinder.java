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
    private final Map<Demand, Optional<Stall.Missing>> known = new HashMap<>();

    StallFinder(JobIndexes indexes) {
        this.indexes = indexes;
    }

    /// Every missing thing with how many jobs wait for it, the one that most wait for first.
    List<Stall> all() {
        var found = new LinkedHashMap<Stall.Missing, Stall>();
        for (Lane lane : indexes.lanes.lanes()) {
            if (lane.waiting() > 0) {
                missing(lane).ifPresent(missing -> found.merge(missing, stall(lane, missing), StallFinder::together));
            }
        }
        var stalls = new ArrayList<>(found.values());
        stalls.sort((one, other) -> one.jobs() != other.jobs()
                ? Long.compare(other.jobs(), one.jobs())
                : one.oldest().compareTo(other.oldest()));
        return stalls;
    }

    private Optional<Stall.Missing> missing(Lane lane) {
        return known.computeIfAbsent(lane.demand(), _ -> Optional.ofNullable(indexes.missing(lane)));
    }

    private static Stall stall(Lane lane, Stall.Missing missing) {
        Job oldest = lane.oldestWaiting();
        long since = oldest.state() instanceof JobState.Queued(var sinceMicros) ? sinceMicros : oldest.submittedMicros;
        return new Stall(missing, lane.waiting(), oldest.id, since);
    }

    private static Stall together(Stall one, Stall other) {
        Stall older = one.oldest().compareTo(other.oldest()) <= 0 ? one : other;
        return new Stall(one.missing(), one.jobs() + other.jobs(), older.oldest(), older.sinceMicros());
    }
}
