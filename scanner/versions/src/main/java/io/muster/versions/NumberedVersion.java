package io.muster.versions;

import java.util.ArrayList;
import java.util.List;

/// A version that is a sequence of whole numbers and nothing else, ordered number by number; where one sequence begins
/// the other, the longer one is newer (`1.0 < 1.0.0`). Hackage (Cabal's `Version`) and CRAN (R's `package_version`).
///
/// @param numbers without leading zeros
record NumberedVersion(String text, List<String> numbers) implements ParsedVersion {

    /// CRAN separates with `.` or `-`; a part that is no number is left out, as OSV does.
    static NumberedVersion readCran(String text) {
        var numbers = new ArrayList<String>();
        for (String part : text.replace('-', '.').split("\\.", -1)) {
            if (Digits.areAll(part)) {
                numbers.add(Digits.significant(part));
            }
        }
        return new NumberedVersion(text, List.copyOf(numbers));
    }

    /// Hackage has only numbers; the tags that Cabal once allowed (`1.0-beta`) never had a part in its order.
    static NumberedVersion readHackage(String text) {
        var numbers = new ArrayList<String>();
        int at = text.startsWith("v") ? 1 : 0;
        while (at < text.length() && (text.charAt(at) == '.' || Digits.isDigit(text.charAt(at)))) {
            int end = Digits.end(text, at);
            if (end > at) {
                numbers.add(Digits.significant(text.substring(at, end)));
            }
            at = Math.max(end, at + 1);
        }
        return new NumberedVersion(text, List.copyOf(numbers));
    }

    @Override
    public String major() {
        return numbers.isEmpty() ? "" : Digits.shown(numbers.getFirst());
    }

    @Override
    public int compareTo(ParsedVersion other) {
        var those = ((NumberedVersion) other).numbers;
        for (int i = 0; i < Math.min(numbers.size(), those.size()); i++) {
            int order = Digits.compare(numbers.get(i), those.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(numbers.size(), those.size());
    }
}
