package io.muster.raft;

import java.util.Arrays;

/// What is on its way and not yet answered: the last index and the size of each piece, oldest first.
///
/// A ring of numbers, since a piece is added and removed for every append to every follower.
final class InflightWindow {
    private static final int INITIAL_SLOTS = 16;

    private long[] lastIndexes = new long[INITIAL_SLOTS];
    private int[] sizes = new int[INITIAL_SLOTS];
    private int head;
    private int count;
    private long bytes;

    void add(long lastIndex, int size) {
        if (count == sizes.length) {
            grow();
        }
        int slot = slot(count++);
        lastIndexes[slot] = lastIndex;
        sizes[slot] = size;
        bytes += size;
    }

    /// Everything up to `index` arrived.
    void freeTo(long index) {
        while (count > 0 && lastIndexes[head] <= index) {
            bytes -= sizes[head];
            head = slot(1);
            count--;
        }
    }

    int count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    private int slot(int position) {
        return (head + position) & (sizes.length - 1);
    }

    private void grow() {
        var widerIndexes = Arrays.copyOf(lastIndexes, lastIndexes.length * 2);
        var widerSizes = Arrays.copyOf(sizes, sizes.length * 2);
        for (int i = 0; i < count; i++) {
            widerIndexes[i] = lastIndexes[slot(i)];
            widerSizes[i] = sizes[slot(i)];
        }
        lastIndexes = widerIndexes;
        sizes = widerSizes;
        head = 0;
    }
}
