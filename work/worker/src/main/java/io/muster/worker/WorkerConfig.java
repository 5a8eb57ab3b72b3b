package io.muster.worker;

import io.muster.wire.WireLimits;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Who a worker is and what it offers.
///
/// @param worker its name: the same over restarts
/// @param incarnation a number drawn at random for this start
/// @param slots how many runs it holds at once
/// @param labels what it is and has
/// @param handlers the types of job that it can run
/// @param stopOnLapse those of them whose effects nothing fences: they are stopped when the lease lapses
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
    /// A DNS label (RFC 1123 §2.1), as nodes are named: a node's own worker has the node's name.
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public WorkerConfig {
        // What every server would refuse is refused before the first of them is asked.
        if (!NAME.matcher(worker).matches()) {
            throw new IllegalArgumentException(
                    "'" + worker + "' cannot name a worker: use 1 to 63 lower-case letters, digits and inner hyphens");
        }
        checkLabels(worker, labels);
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

    private static void checkLabels(String worker, Map<String, String> labels) {
        if (labels.size() > WireLimits.MAX_LABELS) {
            throw new IllegalArgumentException("worker " + worker + " has " + labels.size()
                    + " labels, those of its handlers included: give it at most " + WireLimits.MAX_LABELS);
        }
        labels.forEach((name, value) -> {
            String label = name + "=" + value;
            if (name.isEmpty()) {
                throw new IllegalArgumentException(
                        "worker " + worker + " has the label '" + label + "' without a name: write name=value");
            }
            int bytes = label.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > WireLimits.MAX_LABEL_BYTES) {
                throw new IllegalArgumentException("the label '" + name + "' of worker " + worker + " has " + bytes
                        + " bytes with its value: use at most " + WireLimits.MAX_LABEL_BYTES);
            }
        });
    }
}
