package io.muster.jobs;

/// A job that has come to an end, as the history keeps it. A dead job that is retried by hand may finish again later,
/// and then stands in the history once more.
///
/// @param id its name
/// @param spec what was asked for
/// @param state how it ended: succeeded, dead or cancelled
/// @param submittedMicros log time of its submission
/// @param tries what happened to it
/// @param lastRun who ran it last
/// @param finishedIndex the log entry at which it ended
/// @param finishedMicros log time at which it ended
public record FinishedJob(
        JobId id,
        JobSpec spec,
        JobState.Finished state,
        long submittedMicros,
        JobView.Tries tries,
        LastRun lastRun,
        long finishedIndex,
        long finishedMicros) {}
