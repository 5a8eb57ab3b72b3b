package io.muster.jobs;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// What a worker offers: how much it takes at once, what it can run, and whether it takes more.
///
/// @param slots how many jobs it runs at once; a worker under strain lowers it, 0 takes nothing new
/// @param labels what it has
/// @param handlers what it can run, sorted
/// @param intake whether it takes more
public record Capacity(int slots, Labels labels, List<String> handlers, Intake intake) {
    public Capacity {
        FieldRules.within("a number of slots", slots, 0, JobLimits.MAX_SLOTS);
        FieldRules.within("a number of handlers", handlers.size(), 0, JobLimits.MAX_HANDLERS);
        String last = "";
        for (String handler : handlers) {
            if (FieldRules.name("handler", handler).compareTo(last) <= 0) {
                throw new IllegalArgumentException("handlers must be sorted and distinct, not " + handlers);
            }
            last = handler;
        }
        handlers = List.copyOf(handlers);
    }

    /// An open capacity; `handlers` may come in any order.
    public static Capacity of(int slots, Labels labels, Collection<String> handlers) {
        return new Capacity(slots, labels, List.copyOf(new TreeSet<>(handlers)), Intake.OPEN);
    }

    /// The same capacity of a worker that finishes what it holds and takes nothing new.
    public Capacity draining() {
        return new Capacity(slots, labels, handlers, Intake.DRAINING);
    }

    /// Whether a worker takes more work.
    public enum Intake {
        OPEN,
        DRAINING
    }
}
