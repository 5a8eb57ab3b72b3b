package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// The idempotency keys of the last [JobLimits#IDEMPOTENCY_LIFE_MICROS] with the answers given under them. A full
/// table refuses new keys; it never forgets one early, for that would break the promise silently.
final class Idempotency {
    /// What is remembered under a key.
    ///
    /// @param principal whose key it is
    /// @param key the key
    /// @param high the first half of the request's digest
    /// @param low the second half
    /// @param sinceMicros log time at which it was answered
    /// @param answer the receipts
    record Entry(String principal, String key, long high, long low, long sinceMicros, Receipts answer) {
        boolean isSameRequest(Entry other) {
            return high == other.high && low == other.low;
        }

        Entry answeredWith(Receipts receipts) {
            return new Entry(principal, key, high, low, sinceMicros, receipts);
        }
    }

    private record Name(String principal, String key) {}

    private final LinkedHashMap<Name, Entry> entries = new LinkedHashMap<>();
    private long rememberedIds;

    /// The entry that `origin` would make at `micros`, still without an answer.
    static Entry request(Origin origin, long micros) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(origin.body().array());
            var reader = BinaryReader.over(digest);
            return new Entry(
                    origin.principal(), origin.idempotencyKey(), reader.i64(), reader.i64(), micros, Receipts.NONE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Nullable Entry find(Entry request) {
        return entries.get(name(request));
    }

    /// Whether an answer of `jobs` ids can be remembered.
    boolean hasRoomFor(int jobs) {
        return entries.size() < JobLimits.MAX_IDEMPOTENCY_KEYS && rememberedIds + jobs <= JobLimits.MAX_REMEMBERED_IDS;
    }

    /// When the oldest key gives its place back; 0 while there is none.
    long firstExpiryMicros() {
        return entries.isEmpty() ? 0 : expiryMicros(entries.firstEntry().getValue());
    }

    void remember(Entry entry) {
        entries.put(name(entry), entry);
        rememberedIds += entry.answer().storedIds();
    }

    void expire(long micros) {
        while (!entries.isEmpty() && expiryMicros(entries.firstEntry().getValue()) <= micros) {
            rememberedIds -= entries.pollFirstEntry().getValue().answer().storedIds();
        }
    }

    /// Oldest first.
    Collection<Entry> all() {
        return entries.values();
    }

    private static long expiryMicros(Entry entry) {
        return entry.sinceMicros() + JobLimits.IDEMPOTENCY_LIFE_MICROS;
    }

    private static Name name(Entry entry) {
        return new Name(entry.principal(), entry.key());
    }
}
