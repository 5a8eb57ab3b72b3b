package io.muster.worker;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The handlers of one worker, by type.
public final class Handlers {
    private final TreeMap<String, Handler> byType = new TreeMap<>();

    /// @throws IllegalArgumentException if two handlers run the same type
    public Handlers(Collection<? extends Handler> handlers) {
        for (Handler handler : handlers) {
            Handler other = byType.put(handler.type(), handler);
            if (other != null) {
                throw new IllegalArgumentException("two handlers for jobs of type '" + handler.type() + "'");
            }
        }
    }

    /// The types that can be run.
    public Set<String> types() {
        return new TreeSet<>(byType.keySet());
    }

    /// The types whose runs are stopped when the worker's lease lapses.
    public Set<String> stoppedOnLapse() {
        Set<String> types = new TreeSet<>();
        for (Handler handler : byType.values()) {
            switch (handler.onLapse()) {
                case GO_ON -> {}
                case STOP -> types.add(handler.type());
            }
        }
        return types;
    }

    /// What the worker can say of itself because of its handlers.
    public Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        byType.values().forEach(handler -> labels.putAll(handler.labels()));
        return labels;
    }

    /// The handler of a job's type, if this worker has one.
    public Optional<Handler> handler(String type) {
        return Optional.ofNullable(byType.get(type));
    }
}
