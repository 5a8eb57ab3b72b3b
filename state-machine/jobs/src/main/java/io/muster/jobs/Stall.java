package io.muster.jobs;

/// Waiting jobs that nothing in the cluster can run as it stands, gathered by what is missing.
///
/// @param missing what they wait for
/// @param jobs how many they are
/// @param oldest the one of them that was submitted first
/// @param sinceMicros log time since when that one waits
public record Stall(Missing missing, long jobs, JobId oldest, long sinceMicros) {
    /// What has to come before such a job can run. Slots that are all taken are not among it: they come free by
    /// themselves.
    public sealed interface Missing {
        /// Any worker at all.
        record Workers() implements Missing {}

        /// A worker with a handler for `type`.
        record HandlerFor(String type) implements Missing {}

        /// A worker with a handler for `type` that has all of `labels` too.
        record WithLabels(String type, Labels labels) implements Missing {}

        /// A worker that could run `type` with `labels` and takes work: those that could have drained, are away, offer
        /// no slots, or lead while the queue does not let the leader work.
        record Taker(String type, Labels labels) implements Missing {}

        /// Someone who opens the queue: it is paused.
        record OpenQueue(String queue) implements Missing {}
    }
}
