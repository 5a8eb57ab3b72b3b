package io.muster.raft;

import io.muster.encoding.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Which term each entry has, without keeping the entries: terms never fall along a log, so a run of equal terms needs
/// one [TermSpan]. A log of a year has as many spans as it had leaders.
///
/// The log begins behind a [LogStart], whose own term is known; index 0, before the first entry, has
/// term 0. What was compacted and what lies beyond the end are answers of their own, never a term of 0
/// (T22).
final class TermSpans {
    private final ArrayList<TermSpan> spans;
    private LogStart base;
    private long lastIndex;

    TermSpans(LogStart base, List<TermSpan> spans, long lastIndex) {
        this.base = base;
        this.spans = new ArrayList<>(spans);
        this.lastIndex = lastIndex;
    }

    /// What a log says of one place.
    sealed interface Place {
        /// The entry there has `term`.
        record Known(long term) implements Place {}

        /// The entry was there and was removed: it is committed, and a snapshot covers it.
        record Compacted() implements Place {}

        /// The log ends before it, or no log has such a place.
        record Absent() implements Place {}
    }

    LogStart base() {
        return base;
    }

    long lastIndex() {
        return lastIndex;
    }

    long lastTerm() {
        return spans.isEmpty() ? base.term() : spans.getLast().term();
    }

    /// What is known of the entry at `index`.
    Place at(long index) {
        if (index < 0 || index > lastIndex) {
            return new Place.Absent();
        }
        if (index < base.index()) {
            return new Place.Compacted();
        }
        return new Place.Known(termAt(index));
    }

    /// The term of the entry at `index`, for those who know that the log has it.
    long termAt(long index) {
        Invariant.check(index >= base.index() && index <= lastIndex, "the log has a term for each of its entries");
        return index == base.index() ? base.term() : spans.get(spanOf(index)).term();
    }

    /// Whether the log holds the entry that `term` made at `index`; the place before the first entry is in every log.
    boolean holds(long index, long term) {
        return at(index) instanceof Place.Known(long known) && known == term;
    }

    /// The highest index up to `index` whose term is at most `term`; empty where it would lie below the
    /// base.
    ///
    /// Two logs can only agree where both have the smaller of their terms, so a search for the last common entry
    /// steps over a whole term at a time (Raft §5.3, the optimisation at its end).
    OptionalLong lastWithTermAtMost(long index, long term) {
        long at = Math.min(index, lastIndex);
        while (at > base.index()) {
            var span = spans.get(spanOf(at));
            if (span.term() <= term) {
                return OptionalLong.of(at);
            }
            at = Math.max(span.firstIndex() - 1, base.index());
        }
        return at == base.index() && base.term() <= term ? OptionalLong.of(at) : OptionalLong.empty();
    }

    void append(Batch batch) {
        Invariant.check(batch.firstIndex() == lastIndex + 1, "the log has no gaps");
        Invariant.check(batch.term() >= lastTerm(), "terms never fall along the log");
        if (spans.isEmpty() || spans.getLast().term() < batch.term()) {
            spans.add(new TermSpan(batch.firstIndex(), batch.term()));
        }
        lastIndex = batch.lastIndex();
    }

    /// Forgets every entry from `index` on.
    void cutFrom(long index) {
        Invariant.check(index > base.index(), "what was compacted is never cut");
        while (!spans.isEmpty() && spans.getLast().firstIndex() >= index) {
            spans.removeLast();
        }
        lastIndex = index - 1;
    }

    /// Forgets every entry up to that of `next`, from which on the log begins.
    void cutPrefix(LogStart next) {
        Invariant.check(holds(next.index(), next.term()), "a log begins anew at an entry that it holds");
        base = next;
        while (spans.size() > 1 && spans.get(1).firstIndex() <= next.index() + 1) {
            spans.removeFirst();
        }
        if (lastIndex == next.index()) {
            spans.clear();
        }
    }

    /// Forgets everything: the log begins behind `next`, and is empty.
    void beginAnew(LogStart next) {
        spans.clear();
        base = next;
        lastIndex = next.index();
    }

    /// Nearly every question is about the newest span; only a follower far behind makes the search go further.
    private int spanOf(long index) {
        int high = spans.size() - 1;
        if (spans.get(high).firstIndex() <= index) {
            return high;
        }
        int low = 0;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (spans.get(middle).firstIndex() <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
