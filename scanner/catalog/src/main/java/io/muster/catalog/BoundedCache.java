package io.muster.catalog;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Values that were read from an index and are worth keeping, up to so many bytes of it. Safe for many threads.
///
/// Forgetting everything at once when it is full is crude, but costs nothing until then, which one scan rarely
/// reaches; and reading a value again takes microseconds.
final class BoundedCache<K, V> {

    /// What an entry costs beside its value, so that keys to which nothing belongs cannot fill the heap either.
    private static final long ENTRY_BYTES = 64;

    private final long mostBytes;
    private final ConcurrentHashMap<K, V> values = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    BoundedCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    Optional<V> get(K key) {
        return Optional.ofNullable(values.get(key));
    }

    /// Keeps a value that was read from `size` bytes.
    void put(K key, V value, long size) {
        if (bytes.addAndGet(size + ENTRY_BYTES) > mostBytes) {
            values.clear();
            bytes.set(size + ENTRY_BYTES);
        }
        values.put(key, value);
    }
}
