package io.muster.encoding;

import java.util.Collection;
import java.util.Comparator;

/// Finds the word that was probably meant.
public final class Nearest {
    private static final int NEAR = 2;

    private Nearest() {}

    /// The word with the fewest edits from `wrong`; the first in the alphabet among equals.
    public static String to(String wrong, Collection<String> words) {
        return words.stream()
                .min(Comparator.<String>comparingInt(word -> edits(wrong, word)).thenComparing(word -> word))
                .orElse("");
    }

    /// ` (did you mean 'x'?)` with the word that is at most two edits from `wrong`, or nothing where none is that near.
    public static String hint(String wrong, Collection<String> words) {
        String near = to(wrong, words);
        return words.isEmpty() || edits(wrong, near) > NEAR ? "" : " (did you mean '" + near + "'?)";
    }

    /// The Levenshtein distance: insertions, deletions and replacements, in one row of memory.
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
