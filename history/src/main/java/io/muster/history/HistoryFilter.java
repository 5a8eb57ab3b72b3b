package io.muster.history;

import io.muster.jobs.FinishedJob;
import io.muster.jobs.JobState;
import java.util.Set;

/// Which finished jobs a listing wants.
///
/// @param outcomes how they ended; none for however
/// @param queue the queue they were in; `""` for any
/// @param type the handler they were for; `""` for any
public record HistoryFilter(Set<JobState.Kind> outcomes, String queue, String type) {
    /// Every finished job.
    public static final HistoryFilter ALL = new HistoryFilter(Set.of(), "", "");

    public HistoryFilter {
        outcomes = Set.copyOf(outcomes);
    }

    public boolean accepts(FinishedJob job) {
        return (outcomes.isEmpty() || outcomes.contains(job.state().kind()))
                && (queue.isEmpty() || queue.equals(job.spec().queue()))
                && (type.isEmpty() || type.equals(job.spec().type()));
    }
}
