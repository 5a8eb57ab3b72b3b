package io.muster.node;

import java.util.Collection;
import java.util.Optional;

/// The valid word that was most likely meant by an invalid one: by edit distance (Levenshtein), at most two away.
final class Nearest {
    private static final int FAR = 3;

    private Nearest() {}

    static Optional<String> of(String word, Collection<String> valid) {
        String best = null;
        int bestDistance = FAR;
        for (String candidate : valid) {
            int distance = distance(word, candidate);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /// ` (did you mean 'x'?)`, or nothing where no valid word is near.
    static String hint(String word, Collection<String> valid) {
        return of(word, valid).map(near -> " (did you mean '" + near + "'?)").orElse("");
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
