package io.muster.versions;

import java.util.ArrayList;
import java.util.List;

/// A gem's version: numbers and words in segments, a word always below a number, so that any word makes a pre-release.
///
/// Segments end at dots and wherever digits meet other characters (`1.0.a10` is 1, 0, a, 10). A missing segment is the
/// number zero; zeros at the end of the numbers before the first word, and at the very end, are dropped first, which
/// makes `1.0.a` the same as `1.a`. [Gem::Version, with OSV's reading of `-` as a word]
///
/// @param segments numbers without leading zeros, and words
record RubygemsVersion(String text, List<Segment> segments) implements ParsedVersion {

    private static final Segment ZERO = new Segment("", true);

    /// @param isNumber a run of digits; everything else, an empty segment too, is a word
    private record Segment(String value, boolean isNumber) {

        static Segment of(String part) {
            return Digits.areAll(part) ? new Segment(Digits.significant(part), true) : new Segment(part, false);
        }

        int compareTo(Segment that) {
            if (isNumber != that.isNumber) {
                return Boolean.compare(isNumber, that.isNumber);
            }
            return isNumber ? Digits.compare(value, that.value) : value.compareTo(that.value);
        }
    }

    static RubygemsVersion read(String text) {
        var segments = new ArrayList<Segment>();
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '.') {
                segments.add(Segment.of(text.substring(from, at)));
                from = at + 1;
            } else if (at > from && Digits.isDigit(text.charAt(at)) != Digits.isDigit(text.charAt(at - 1))) {
                segments.add(Segment.of(text.substring(from, at)));
                from = at;
            }
        }
        segments.add(Segment.of(text.substring(from)));
        return new RubygemsVersion(text, withoutIdleZeros(segments));
    }

    private static List<Segment> withoutIdleZeros(List<Segment> segments) {
        int words = 0;
        while (words < segments.size() && segments.get(words).isNumber()) {
            words++;
        }
        var kept = new ArrayList<>(withoutTrailingZeros(segments.subList(0, words)));
        kept.addAll(withoutTrailingZeros(segments.subList(words, segments.size())));
        return List.copyOf(kept);
    }

    private static List<Segment> withoutTrailingZeros(List<Segment> segments) {
        int end = segments.size();
        while (end > 0 && segments.get(end - 1).equals(ZERO)) {
            end--;
        }
        return segments.subList(0, end);
    }

    @Override
    public String major() {
        if (segments.isEmpty()) {
            return "0";
        }
        var first = segments.getFirst();
        return first.isNumber() ? Digits.shown(first.value()) : "";
    }

    @Override
    public int compareTo(ParsedVersion other) {
        var those = ((RubygemsVersion) other).segments;
        for (int i = 0; i < Math.max(segments.size(), those.size()); i++) {
            var ours = i < segments.size() ? segments.get(i) : ZERO;
            int order = ours.compareTo(i < those.size() ? those.get(i) : ZERO);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
