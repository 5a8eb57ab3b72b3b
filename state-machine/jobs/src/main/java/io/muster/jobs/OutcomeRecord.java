package io.muster.jobs;

/// What is remembered of a finished job after its history block was closed.
///
/// @param job which
/// @param outcome how it ended: succeeded, dead or cancelled
/// @param attempt the attempt that ended it, 0 when it never ran
/// @param block the history block that holds it
/// @param finishedMicros the date at which it ended
/// @param finishedElapsedMicros the elapsed time at which it ended, from which on it is remembered for a while
public record OutcomeRecord(
        JobId job, JobState.Kind outcome, int attempt, long block, long finishedMicros, long finishedElapsedMicros) {}
