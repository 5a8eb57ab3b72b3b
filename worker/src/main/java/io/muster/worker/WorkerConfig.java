package io.muster.worker;

import io.muster.client.WireLimits;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who a worker is and what it offers.
///
/// @param worker its name: the same over restarts
/// @param incarnation a number drawn at random for this start
/// @param slots how many runs it holds at once
/// @param labels what it is and has
/// @param handlers the types of job that it can run
/// @param stopOnLapse those of them whose effects nothing fences: they are stopped when the hold lapses
/// @param addresses base addresses of servers, tried in this order; any of them leads to the leader
/// @param times how long it waits for what
public record WorkerConfig(
        String worker,
        long incarnation,
        int slots,
        Map<String, String> labels,
        Set<String> handlers,
        Set<String> stopOnLapse,
        List<String> addresses,
        WorkerTimes times) {
    public WorkerConfig {
        if (slots < 1 || slots > WireLimits.MAX_SLOTS) {
            throw new IllegalArgumentException(
                    "worker " + worker + " cannot have " + slots + " slots: choose 1 to " + WireLimits.MAX_SLOTS);
        }
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("worker " + worker + " knows no server: name at least one address");
        }
        if (!handlers.containsAll(stopOnLapse)) {
            throw new IllegalArgumentException(
                    "worker " + worker + " has no handlers for all of " + stopOnLapse + ", only for " + handlers);
        }
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        handlers = Collections.unmodifiableSortedSet(new TreeSet<>(handlers));
        stopOnLapse = Set.copyOf(stopOnLapse);
        addresses = List.copyOf(addresses);
    }
}
