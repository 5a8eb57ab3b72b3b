package io.muster.raft;

import io.muster.encoding.Invariant;
import java.util.ArrayList;
import java.util.List;

/// Which term each entry has, without keeping the entries: terms never fall along a log, so a run of equal terms needs
/// one [TermSpan]. A log of a year has as many spans as it had leaders.
///
/// Index 0, before the first entry, has term 0. Any other index outside the log is a contradiction, never a term of 0
/// (T22).
final class TermSpans {
    private final ArrayList<TermSpan> spans;
    private long lastIndex;

    TermSpans(List<TermSpan> spans, long lastIndex) {
        this.spans = new ArrayList<>(spans);
        this.lastIndex = lastIndex;
    }

    long lastIndex() {
        return lastIndex;
    }

    long lastTerm() {
        return spans.isEmpty() ? 0 : spans.getLast().term();
    }

    /// The term of the entry at `index`.
    long termAt(long index) {
        Invariant.check(index >= 0 && index <= lastIndex, "the log has a term for each of its entries");
        return index == 0 ? 0 : spans.get(spanOf(index)).term();
    }

    /// Whether the log holds the entry that `term` made at `index`; the place before the first entry is in every log.
    boolean holds(long index, long term) {
        return index >= 0 && index <= lastIndex && termAt(index) == term;
    }

    /// The highest index up to `index` whose term is at most `term`; 0 if there is none.
    ///
    /// Two logs can only agree where both have the smaller of their terms, so a search for the last common entry
    /// steps over a whole term at a time (Raft §5.3, the optimisation at its end).
    long lastWithTermAtMost(long index, long term) {
        long at = Math.min(index, lastIndex);
        while (at > 0) {
            var span = spans.get(spanOf(at));
            if (span.term() <= term) {
                return at;
            }
            at = span.firstIndex() - 1;
        }
        return 0;
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
        while (!spans.isEmpty() && spans.getLast().firstIndex() >= index) {
            spans.removeLast();
        }
        lastIndex = index - 1;
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
