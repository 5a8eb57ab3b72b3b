package io.muster.worker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What somebody decides about a worker before it starts.
///
/// @param worker its name, the same over restarts: one to 63 lower-case letters, digits and inner hyphens
/// @param slots how many runs it holds at once
/// @param labels what it is and has; its handlers add their own
/// @param addresses base addresses of servers; any of them leads to the leader
/// @param times how long it waits for what
public record WorkerSettings(
        String worker, int slots, Map<String, String> labels, List<String> addresses, WorkerTimes times) {
    public WorkerSettings {
        labels = Map.copyOf(labels);
        addresses = List.copyOf(addresses);
    }

    /// The configuration of one start of this worker.
    WorkerConfig config(Handlers handlers, long incarnation) {
        Map<String, String> all = new TreeMap<>(handlers.labels());
        all.putAll(labels);
        return new WorkerConfig(
                worker, incarnation, slots, all, handlers.types(), handlers.stoppedOnLapse(), addresses, times);
    }
}
