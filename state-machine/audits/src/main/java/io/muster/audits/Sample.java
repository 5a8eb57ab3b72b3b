package io.muster.audits;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Sha256;
import io.muster.log.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The random share of an audit's candidates, by a rule that anyone can recompute.
///
/// `seed = SHA-256(SHA-256(candidates, one a line) ‖ term ‖ index ‖ micros)`; each candidate is ranked by
/// `SHA-256(seed ‖ candidate)` and the lowest `share × n` (at least one) are chosen. The candidates are fixed before
/// their place in the log is, so that the submitter of an audit does not choose what it looks at; a leader that
/// reorders its queue could still try its luck, which is why this is called verifiable and not unpredictable.
public final class Sample {
    private Sample() {}

    /// The chosen candidates, in the order in which they were given.
    public static List<String> choose(List<String> candidates, Share share, Stamp stamp) {
        int wanted = share.countOf(candidates.size());
        if (wanted == candidates.size()) {
            return List.copyOf(candidates);
        }
        byte[] seed = seed(candidates, stamp);
        var ranked = new ArrayList<Ranked>(candidates.size());
        for (int place = 0; place < candidates.size(); place++) {
            ranked.add(new Ranked(rank(seed, candidates.get(place)), place));
        }
        ranked.sort(Ranked.LOWEST_FIRST);
        return ranked.subList(0, wanted).stream()
                .map(Ranked::place)
                .sorted()
                .map(candidates::get)
                .toList();
    }

    private static byte[] seed(List<String> candidates, Stamp stamp) {
        var root = Sha256.begin();
        for (String candidate : candidates) {
            root.update(candidate.getBytes(StandardCharsets.UTF_8));
            root.update((byte) '\n');
        }
        var place = new BinaryWriter(24).i64(stamp.term()).i64(stamp.index()).i64(stamp.micros());
        var seed = Sha256.begin();
        seed.update(root.digest());
        return seed.digest(place.toBytes());
    }

    private static byte[] rank(byte[] seed, String candidate) {
        var digest = Sha256.begin();
        digest.update(seed);
        return digest.digest(candidate.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Ranked {
        static final Comparator<Ranked> LOWEST_FIRST = (a, b) -> {
            int byHash = Arrays.compareUnsigned(a.hash, b.hash);
            return byHash != 0 ? byHash : Integer.compare(a.place, b.place);
        };

        private final byte[] hash;
        private final int place;

        Ranked(byte[] hash, int place) {
            this.hash = hash;
            this.place = place;
        }

        int place() {
            return place;
        }
    }
}
