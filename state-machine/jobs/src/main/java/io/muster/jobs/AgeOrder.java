package io.muster.jobs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Things that never change, in the order in which they came; the oldest leaves first.
///
/// They stand in pages that are only ever written behind their last thing, so that a snapshot can hold
/// on to the pages themselves: a freeze costs a step a page. A page is let go once the last of its
/// things has left.
final class AgeOrder<T> {
    private static final int PAGE_THINGS = 256;

    private ArrayDeque<Page<T>> pages = new ArrayDeque<>();
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void addLast(T thing) {
        if (pages.isEmpty() || pages.getLast().to == PAGE_THINGS) {
            pages.addLast(new Page<>());
        }
        Page<T> last = pages.getLast();
        last.things[last.to++] = thing;
        size++;
    }

    /// The oldest. Called only while there is one.
    T first() {
        Page<T> page = pages.getFirst();
        return page.things[page.from];
    }

    /// Takes away the oldest. Called only while there is one.
    T removeFirst() {
        T first = first();
        Page<T> page = pages.getFirst();
        page.from++;
        if (page.from == page.to) {
            pages.removeFirst();
        }
        size--;
        return first;
    }

    /// Takes away all that are so.
    void removeIf(Predicate<? super T> isSo) {
        var kept = freeze().stream().filter(isSo.negate()).toList();
        pages = new ArrayDeque<>();
        size = 0;
        kept.forEach(this::addLast);
    }

    /// All of them as they are now.
    Frozen<T> freeze() {
        List<Slice<T>> slices = new ArrayList<>(pages.size());
        for (Page<T> page : pages) {
            slices.add(new Slice<>(page, page.from, page.to));
        }
        return new Frozen<>(slices);
    }

    /// The things of one moment, the oldest first; to be read on any thread, and as often as wanted.
    record Frozen<T>(List<Slice<T>> slices) implements Iterable<T> {
        Stream<T> stream() {
            return slices.stream().flatMap(Slice::stream);
        }

        @Override
        public Iterator<T> iterator() {
            return stream().iterator();
        }
    }

    /// What stood in one page at one moment: the things from `from` to before `to`.
    private record Slice<T>(Page<T> page, int from, int to) {
        Stream<T> stream() {
            return IntStream.range(from, to).mapToObj(slot -> page.things[slot]);
        }
    }

    private static final class Page<T> {
        @SuppressWarnings("unchecked") // nothing but a T is put into it, and it leaves as one
        private final T[] things = (T[]) new Object[PAGE_THINGS];

        private int from;
        private int to;
    }
}
