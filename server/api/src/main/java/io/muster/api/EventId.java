package io.muster.api;

import java.util.Comparator;

/// The place of an event: which history of the log, which entry, and which of that entry's events.
///
/// It is the same on every node, so that a stream can be resumed on another one.
record EventId(long lineage, long index, int ordinal) implements Comparable<EventId> {
    private static final Comparator<EventId> ORDER = Comparator.comparingLong(EventId::lineage)
            .thenComparingLong(EventId::index)
            .thenComparingInt(EventId::ordinal);

    /// Reads `<lineage>-<index>.<n>`; throws [IllegalArgumentException] for anything else.
    static EventId parse(String text) {
        int dash = text.indexOf('-');
        int dot = text.indexOf('.', dash + 1);
        if (dash < 1 || dot < 0) {
            throw new IllegalArgumentException("'" + text + "' is no event id: expected <lineage>-<index>.<n>");
        }
        try {
            return new EventId(
                    Long.parseLong(text, 0, dash, 10),
                    Long.parseLong(text, dash + 1, dot, 10),
                    Integer.parseInt(text, dot + 1, text.length(), 10));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no event id: expected <lineage>-<index>.<n>", e);
        }
    }

    @Override
    public int compareTo(EventId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return lineage + "-" + index + "." + ordinal;
    }
}
