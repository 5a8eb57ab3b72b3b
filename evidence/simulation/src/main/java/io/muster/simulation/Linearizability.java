package io.muster.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out whether what clients saw of one key could have come from one copy of it that did one thing at a time
/// (linearizability: Herlihy and Wing 1990).
///
/// The search is that of Wing and Gong (1993) with Lowe's memory (2017), as in Knossos and Porcupine: take any
/// operation that was asked for before the first one still missing was answered; where its value fits, take it as done
/// and go on, else try the next; where none fits, take back the last one. What was taken together with the value it
/// led to is remembered, so that no state is looked at twice.
///
/// Every write must have a value of its own. That leaves few choices:
///
/// * A write without an answer that nobody saw can be thought of as never done; one that was seen took effect before
///   the first answer that shows it.
/// * A read that fits may be taken at once, since it changes nothing.
/// * While somebody has yet to see the present value no write may be taken, since it never comes back.
/// * When nobody has, a write that nobody sees may be taken at once: another write follows in any case, or nothing.
public final class Linearizability {
    private static final int SHOWN = 12;

    private final List<Operation> operations;
    private final Event head;
    private final BitSet done = new BitSet();
    private final Set<Reached> reached = new HashSet<>();
    private final ArrayDeque<Taken> taken = new ArrayDeque<>();
    private final Map<String, Integer> unseen = new HashMap<>();
    private String value = "";
    private int longest = -1;
    private @Nullable Event stuckAt;
    private List<Operation> unplaced = List.of();

    private Linearizability(List<Operation> operations) {
        this.operations = operations;
        head = chain(operations);
        for (Operation operation : operations) {
            if (operation.kind() == Operation.Kind.READ) {
                unseen.merge(operation.value(), 1, Integer::sum);
            }
        }
    }

    /// Says why `history`, all operations on one key that holds nothing at first, has no order; nothing where it has.
    public static Optional<String> explainViolation(List<Operation> history) {
        var closed = close(history);
        var search = new Linearizability(closed);
        return search.hasOrder() ? Optional.empty() : Optional.of(search.explain());
    }

    /// Ends open writes at the first answer that shows them, and leaves out those that no answer shows.
    private static List<Operation> close(List<Operation> history) {
        Map<String, Long> seenNanos = new HashMap<>();
        for (Operation operation : history) {
            if (operation.kind() == Operation.Kind.READ) {
                seenNanos.merge(operation.value(), operation.returnedNanos(), Math::min);
            }
        }
        var values = new HashSet<String>();
        var closed = new ArrayList<Operation>();
        for (Operation operation : history) {
            boolean isWrite = operation.kind() == Operation.Kind.WRITE;
            if (isWrite && !values.add(operation.value())) {
                throw new IllegalArgumentException("two writes of " + operation.value() + " cannot be told apart");
            }
            if (!operation.isOpen()) {
                closed.add(operation);
            } else if (isWrite && seenNanos.containsKey(operation.value())) {
                long seen = Math.max(operation.calledNanos(), seenNanos.get(operation.value()));
                closed.add(Operation.write(operation.value(), operation.calledNanos(), seen));
            }
        }
        return closed;
    }

    private boolean hasOrder() {
        Event from = head.next;
        while (true) {
            for (Event sure = sure(); sure != null; sure = sure()) {
                take(sure, false);
                from = head.next;
            }
            if (head.next == null) {
                return true;
            }
            Event choice = choice(from);
            if (choice != null && reached.add(reachedBy(choice))) {
                take(choice, true);
                from = head.next;
            } else if (choice != null) {
                from = choice.next;
            } else {
                noteStuck();
                Event last = takeBack();
                if (last == null) {
                    return false;
                }
                from = last.next;
            }
        }
    }

    /// What may be taken without giving anything up.
    private @Nullable Event sure() {
        boolean isSeenByAll = !isAwaited(value);
        for (Event call = head.next; call != null && call.answer != null; call = call.next) {
            var operation = operations.get(call.number);
            boolean isSure = operation.kind() == Operation.Kind.READ
                    ? operation.value().equals(value)
                    : isSeenByAll && !isAwaited(operation.value());
            if (isSure) {
                return call;
            }
        }
        return null;
    }

    /// The next write that may be taken, from the event `from` on.
    private @Nullable Event choice(@Nullable Event from) {
        if (isAwaited(value)) {
            return null;
        }
        Event call = from;
        while (call != null
                && call.answer != null
                && operations.get(call.number).kind() == Operation.Kind.READ) {
            call = call.next;
        }
        return call == null || call.answer == null ? null : call;
    }

    private boolean isAwaited(String written) {
        return unseen.getOrDefault(written, 0) > 0;
    }

    private Reached reachedBy(Event call) {
        var with = (BitSet) done.clone();
        with.set(call.number);
        return new Reached(with, operations.get(call.number).value());
    }

    private void take(Event call, boolean isChoice) {
        var operation = operations.get(call.number);
        taken.push(new Taken(call, value, isChoice));
        done.set(call.number);
        value = operation.value();
        if (operation.kind() == Operation.Kind.READ) {
            unseen.merge(value, -1, Integer::sum);
        }
        call.takeOut();
    }

    /// Takes back everything from the last choice on; what was chosen, or null where there was no choice.
    private @Nullable Event takeBack() {
        while (!taken.isEmpty()) {
            var last = taken.pop();
            var operation = operations.get(last.event.number);
            if (operation.kind() == Operation.Kind.READ) {
                unseen.merge(operation.value(), 1, Integer::sum);
            }
            value = last.before;
            done.clear(last.event.number);
            last.event.putBack();
            if (last.isChoice) {
                return last.event;
            }
        }
        return null;
    }

    private void noteStuck() {
        Event first = head.next;
        while (first != null && first.answer != null) {
            first = first.next;
        }
        if (first != null && done.cardinality() > longest) {
            longest = done.cardinality();
            stuckAt = first;
            unplaced = operations.stream()
                    .filter(read ->
                            read.kind() == Operation.Kind.READ && read.value().equals(value))
                    .filter(read -> !done.get(operations.indexOf(read)))
                    .limit(SHOWN)
                    .toList();
        }
    }

    /// The operation at which the longest order ended, with those around it.
    private String explain() {
        Event stuck = stuckAt;
        if (stuck == null) {
            return "nothing can come first of "
                    + operations.stream().limit(SHOWN).toList();
        }
        var missing = operations.get(stuck.number);
        var around = operations.stream()
                .filter(other -> other.calledNanos() <= missing.returnedNanos())
                .sorted(Comparator.comparingLong(Operation::returnedNanos).reversed())
                .limit(SHOWN)
                .sorted(Comparator.comparingLong(Operation::calledNanos))
                .toList();
        String late = unplaced.isEmpty() ? "" : " before " + unplaced;
        return longest + " operations have an order, and then there is no place for " + missing + late + " among "
                + around;
    }

    /// Calls and answers in the order of time, as a list that what is taken can leave and come back to. Of what falls
    /// on one instant the calls come first: it may have been in either order.
    private static Event chain(List<Operation> operations) {
        var events = new ArrayList<Event>();
        for (int i = 0; i < operations.size(); i++) {
            var operation = operations.get(i);
            var answer = new Event(i, operation.returnedNanos(), null);
            events.add(new Event(i, operation.calledNanos(), answer));
            events.add(answer);
        }
        events.sort(Comparator.comparingLong((Event event) -> event.atNanos)
                .thenComparingInt(event -> event.answer == null ? 1 : 0));
        var first = new Event(-1, Long.MIN_VALUE, null);
        Event last = first;
        for (Event event : events) {
            last.next = event;
            event.previous = last;
            last = event;
        }
        return first;
    }

    private record Reached(BitSet done, String value) {}

    private record Taken(Event event, String before, boolean isChoice) {}

    /// A call, which knows its answer, or an answer, which knows none.
    private static final class Event {
        private final int number;
        private final long atNanos;
        private final @Nullable Event answer;
        private @Nullable Event previous;
        private @Nullable Event next;

        Event(int number, long atNanos, @Nullable Event answer) {
            this.number = number;
            this.atNanos = atNanos;
            this.answer = answer;
        }

        void takeOut() {
            unlink();
            if (answer != null) {
                answer.unlink();
            }
        }

        void putBack() {
            if (answer != null) {
                answer.link();
            }
            link();
        }

        private void unlink() {
            if (previous != null) {
                previous.next = next;
            }
            if (next != null) {
                next.previous = previous;
            }
        }

        private void link() {
            if (previous != null) {
                previous.next = this;
            }
            if (next != null) {
                next.previous = this;
            }
        }
    }
}
