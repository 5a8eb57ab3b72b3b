package io.muster.raft;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The newest batches of the log, kept in memory so that nobody reads the disk to serve a follower that keeps up.
///
/// A ring that grows; batches leave it at the old end once it holds more than its limit in bytes.
final class BatchWindow {
    private static final int INITIAL_SLOTS = 64;

    private final long maxBytes;
    /// An empty slot holds null, so that its batch can be collected.
    private @Nullable Batch[] slots = new Batch[INITIAL_SLOTS];
    private int head;
    private int size;
    private long bytes;

    BatchWindow(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(Batch batch) {
        if (size == slots.length) {
            grow();
        }
        slots[slot(size++)] = batch;
        bytes += batch.size();
    }

    /// Lets go of the oldest batches that end at or before `index` while there are too many bytes.
    void evictUpTo(long index) {
        while (bytes > maxBytes && size > 0 && at(0).lastIndex() <= index) {
            removeOldest();
        }
    }

    /// Forgets every batch that begins at `index` or later.
    void cutFrom(long index) {
        while (size > 0 && at(size - 1).firstIndex() >= index) {
            size--;
            bytes -= at(size).size();
            clear(size);
        }
    }

    /// Forgets every batch that ends at `index` or before.
    void cutPrefix(long index) {
        while (size > 0 && at(0).lastIndex() <= index) {
            removeOldest();
        }
    }

    /// Forgets everything.
    void clear() {
        while (size > 0) {
            removeOldest();
        }
    }

    /// The newest batch that ends at `limit` or before and has `bytesBehind` behind it; empty if none
    /// here is so.
    Optional<Batch> newestBefore(long limit, long bytesBehind) {
        long behind = 0;
        for (int position = size - 1; position >= 0; position--) {
            var batch = at(position);
            if (behind >= bytesBehind && batch.lastIndex() <= limit) {
                return Optional.of(batch);
            }
            behind += batch.size();
        }
        return Optional.empty();
    }

    /// The index of the oldest entry that is here; empty if none is.
    OptionalLong firstIndex() {
        return size == 0 ? OptionalLong.empty() : OptionalLong.of(at(0).firstIndex());
    }

    /// How many bytes the batches here take.
    long bytes() {
        return bytes;
    }

    /// Whether the batch with the entry at `index` is here.
    boolean holds(long index) {
        return size > 0 && at(0).firstIndex() <= index && index <= at(size - 1).lastIndex();
    }

    /// The batch with the entry at `index`, which must be here.
    Batch holding(long index) {
        return at(position(index));
    }

    /// The batches from the one with the entry at `index`, up to `limit` bytes but at least one; none if it is not
    /// here.
    List<Batch> from(long index, int limit) {
        if (!holds(index)) {
            return List.of();
        }
        int first = position(index);
        int end = first + 1;
        int taken = at(first).size();
        while (end < size && taken + at(end).size() <= limit) {
            taken += at(end).size();
            end++;
        }
        if (end == first + 1) {
            return List.of(at(first));
        }
        var batches = new Batch[end - first];
        for (int i = first; i < end; i++) {
            batches[i - first] = at(i);
        }
        return List.of(batches);
    }

    private void removeOldest() {
        bytes -= at(0).size();
        clear(0);
        head = slot(1);
        size--;
    }

    private int position(long index) {
        int low = 0;
        int high = size - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (at(middle).firstIndex() <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private Batch at(int position) {
        return Objects.requireNonNull(slots[slot(position)], "only filled slots are read");
    }

    private int slot(int position) {
        return (head + position) & (slots.length - 1);
    }

    private void clear(int position) {
        slots[slot(position)] = null;
    }

    private void grow() {
        var wider = Arrays.copyOf(slots, slots.length * 2);
        for (int i = 0; i < size; i++) {
            wider[i] = at(i);
        }
        slots = wider;
        head = 0;
    }
}
