package io.muster.jobs;

/// Waiting jobs that nothing in the cluster can run as it stands, gathered by what is in their way.
///
/// @param obstacle what has to go before they can run
/// @param jobs how many they are
/// @param oldest the one of them that was submitted first
/// @param sinceMicros log time since when that one waits
public record Stall(Obstacle.Lasting obstacle, long jobs, JobId oldest, long sinceMicros) {}
