package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.Bytes;
import io.muster.encoding.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The idempotency keys of the last [JobLimits#IDEMPOTENCY_LIFE_MICROS] of elapsed time with the answers given under
/// them.
///
/// A key is kept for that long while there is room, and for [JobLimits#IDEMPOTENCY_FLOOR_MICROS] in any case. When a
/// principal's share or the table is full, the oldest key above that age gives way, the principal's own first; when
/// none is old enough, a new one is refused with when that will be. No principal can have all of the table, so none
/// can fill it for the others.
final class Idempotency {
    /// What is remembered under a key. The key itself is not: a digest of it takes less room and tells keys apart as
    /// well.
    ///
    /// @param principal whose key it is
    /// @param name the key's digest
    /// @param request the request's digest
    /// @param sinceMicros elapsed time at which it was answered
    /// @param answer the receipts
    record Entry(String principal, Hash name, Hash request, long sinceMicros, Receipts answer) {
        boolean isSameRequest(Entry other) {
            return request.equals(other.request);
        }

        Entry answeredWith(Receipts receipts) {
            return new Entry(principal, name, request, sinceMicros, receipts);
        }
    }

    /// The first half of a SHA-256.
    record Hash(long high, long low) {
        static Hash of(byte[] bytes) {
            var reader = BinaryReader.over(Sha256.of(Bytes.wrap(bytes)).array());
            return new Hash(reader.i64(), reader.i64());
        }
    }

    /// The keys of one principal.
    private static final class PrincipalKeys {
        private final String principal;
        private final Map<Hash, Entry> entries = new HashMap<>();

        private final AgeOrder<Entry> byAge = new AgeOrder<>();

        private long ids;

        PrincipalKeys(String principal) {
            this.principal = principal;
        }

        long oldestMicros() {
            return byAge.first().sinceMicros();
        }

        static int byOldest(PrincipalKeys one, PrincipalKeys other) {
            int byOldest = Long.compare(one.oldestMicros(), other.oldestMicros());
            return byOldest != 0 ? byOldest : one.principal.compareTo(other.principal);
        }
    }

    private final TreeMap<String, PrincipalKeys> shares = new TreeMap<>();

    /// Those with a key; taken out before its oldest one changes.
    private final TreeSet<PrincipalKeys> byOldest = new TreeSet<>(PrincipalKeys::byOldest);

    private final int mostKeys;
    private final long mostIds;
    private int keys;
    private long ids;

    Idempotency() {
        this(JobLimits.MAX_IDEMPOTENCY_KEYS, JobLimits.MAX_REMEMBERED_IDS);
    }

    Idempotency(int mostKeys, long mostIds) {
        this.mostKeys = mostKeys;
        this.mostIds = mostIds;
    }

    /// The entry that `origin` would make at elapsed time `micros`, still without an answer.
    static Entry request(CommandOrigin origin, long micros) {
        return new Entry(
                origin.principal(),
                Hash.of(Bytes.utf8(origin.idempotencyKey()).array()),
                Hash.of(origin.body().array()),
                micros,
                Receipts.NONE);
    }

    @Nullable Entry find(Entry request) {
        PrincipalKeys share = shares.get(request.principal());
        return share == null ? null : share.entries.get(request.name());
    }

    /// Makes room for an answer of `jobs` ids to `principal` at elapsed time `micros`; the microseconds until there
    /// will be room, 0 if there is.
    long makeRoom(String principal, int jobs, long micros) {
        PrincipalKeys own = shares.get(principal);
        while (own != null && isOverShare(own, jobs)) {
            long wait = wait(own, micros);
            if (wait > 0) {
                return wait;
            }
            forgetOldest(own);
        }
        while (keys >= mostKeys || ids + jobs > mostIds) {
            long wait = wait(byOldest.first(), micros);
            if (wait > 0) {
                return wait;
            }
            forgetOldest(byOldest.first());
        }
        return 0;
    }

    private boolean isOverShare(PrincipalKeys own, int jobs) {
        return !own.entries.isEmpty() && (own.entries.size() >= shareOf(mostKeys) || own.ids + jobs > shareOf(mostIds));
    }

    /// Until the oldest key of `share` may give way.
    private static long wait(PrincipalKeys share, long micros) {
        return Math.max(0, share.oldestMicros() + JobLimits.IDEMPOTENCY_FLOOR_MICROS - micros);
    }

    void remember(Entry entry) {
        PrincipalKeys share = shares.computeIfAbsent(entry.principal(), PrincipalKeys::new);
        share.entries.put(entry.name(), entry);
        share.byAge.addLast(entry);
        if (share.entries.size() == 1) {
            byOldest.add(share);
        }
        int stored = entry.answer().storedIds();
        share.ids += stored;
        ids += stored;
        keys++;
    }

    void expire(long micros) {
        while (!byOldest.isEmpty() && byOldest.first().oldestMicros() + JobLimits.IDEMPOTENCY_LIFE_MICROS <= micros) {
            forgetOldest(byOldest.first());
        }
    }

    /// All as they are now, by principal, and of each the oldest first.
    List<AgeOrder.Frozen<Entry>> freeze() {
        var frozen = new ArrayList<AgeOrder.Frozen<Entry>>(shares.size());
        for (PrincipalKeys share : shares.values()) {
            frozen.add(share.byAge.freeze());
        }
        return frozen;
    }

    private void forgetOldest(PrincipalKeys share) {
        byOldest.remove(share);
        Entry oldest = share.byAge.removeFirst();
        share.entries.remove(oldest.name());
        int stored = oldest.answer().storedIds();
        share.ids -= stored;
        ids -= stored;
        keys--;
        if (share.entries.isEmpty()) {
            shares.remove(share.principal);
        } else {
            byOldest.add(share);
        }
    }

    /// Three quarters: enough for one busy principal to be promised what all are promised, and a quarter for the
    /// others.
    private static long shareOf(long most) {
        return most / 4 * 3;
    }
}
