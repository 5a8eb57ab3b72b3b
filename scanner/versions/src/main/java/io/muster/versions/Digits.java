package io.muster.versions;

import java.util.List;

/// Runs of ASCII digits compared as whole numbers of any length, without ever making a number of them:
/// a version such as `20240101120000000000001` would overflow a `long`, and a `BigInteger` costs an allocation.
final class Digits {

    private Digits() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Whether the text is one or more ASCII digits and nothing else.
    static boolean areAll(String text) {
        return !text.isEmpty() && end(text, 0) == text.length();
    }

    /// The index behind the run of digits that starts at `from`; `from` itself when there is none.
    static int end(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /// The number without leading zeros; zero, and also an empty run, is the empty string, so that a missing number
    /// counts as zero. Two results compare by [#compare].
    static String significant(String digits) {
        int from = 0;
        while (from < digits.length() && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }

    /// Compares two numbers from [#significant]: the longer one is larger, and at one length text order is number
    /// order.
    static int compare(String a, String b) {
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    /// The digits of `text` from `from` to before `end`, where they stand.
    record Slice(String text, int from, int end) {
        /// Where the number begins behind its leading zeros.
        int significantFrom() {
            int i = from;
            while (i < end && text.charAt(i) == '0') {
                i++;
            }
            return i;
        }
    }

    /// Compares two runs of digits without copying them, as [#significant] and [#compare] would.
    static int compare(Slice a, Slice b) {
        int i = a.significantFrom();
        int j = b.significantFrom();
        if (a.end - i != b.end - j) {
            return Integer.compare(a.end - i, b.end - j);
        }
        for (; i < a.end; i++, j++) {
            if (a.text.charAt(i) != b.text.charAt(j)) {
                return Character.compare(a.text.charAt(i), b.text.charAt(j));
            }
        }
        return 0;
    }

    /// Compares two sequences of numbers from [#significant]; the shorter one goes on with zeros.
    static int comparePadded(List<String> a, List<String> b) {
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int order = compare(i < a.size() ? a.get(i) : "", i < b.size() ? b.get(i) : "");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// A number from [#significant] as people write it: zero is `0`.
    static String shown(String significant) {
        return significant.isEmpty() ? "0" : significant;
    }
}
