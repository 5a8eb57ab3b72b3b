package io.muster.history;

import io.muster.jobs.FinishedJob;
import io.muster.jobs.JobState;
import io.muster.jobs.Labels;
import java.util.Set;

/// Which finished jobs a listing wants.
///
/// @param outcomes how they ended; none for however
/// @param queue the queue they were in; `""` for any
/// @param type the handler they were for; `""` for any
/// @param labels labels that they required, among others; none for any
/// @param owner what they belonged to, such as an audit; `""` for anything
/// @param submittedUpToMicros log time up to which they were submitted
public record HistoryFilter(
        Set<JobState.Kind> outcomes, String queue, String type, Labels labels, String owner, long submittedUpToMicros) {
    /// Every finished job.
    public static final HistoryFilter ALL = new HistoryFilter(Set.of(), "", "");

    /// The filter for a queue and a type, whatever the rest.
    public HistoryFilter(Set<JobState.Kind> outcomes, String queue, String type) {
        this(outcomes, queue, type, Labels.NONE, "", Long.MAX_VALUE);
    }

    public HistoryFilter {
        outcomes = Set.copyOf(outcomes);
    }

    /// Whether a finished job is one of those that are asked for.
    public boolean accepts(FinishedJob job) {
        return (outcomes.isEmpty() || outcomes.contains(job.state().kind()))
                && (queue.isEmpty() || queue.equals(job.spec().queue()))
                && (type.isEmpty() || type.equals(job.spec().type()))
                && job.spec().labels().values().containsAll(labels.values())
                && (owner.isEmpty() || owner.equals(job.spec().owner()))
                && job.submittedMicros() <= submittedUpToMicros;
    }
}
