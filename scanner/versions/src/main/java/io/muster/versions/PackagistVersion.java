package io.muster.versions;

import java.util.ArrayList;
import java.util.List;

/// A Composer package's version in the order of PHP's `version_compare`: at each place
/// `dev` and unknown words < `a…` < `b…` < `rc…` < nothing more < a number < `p…` (patch level).
///
/// Words count by how they begin, so `beta` and `b` are equal. The word `#` is PHP's own sign for "a number stands
/// here": it equals every number and also nothing more, as OSV's vectors ask; only versions with such a word are
/// outside the promise of a transitive order.
///
/// @param parts between separators, and where digits meet other characters
record PackagistVersion(String text, List<Part> parts) implements ParsedVersion {

    private static final Part NOTHING_MORE = new Part(Rank.NUMBER_SIGN, "");

    /// The places in ascending order; [#NUMBER_SIGN] compares as [#NUMBER] without looking at the value.
    private enum Rank {
        DEVELOPMENT,
        ALPHA,
        BETA,
        CANDIDATE,
        NUMBER_SIGN,
        NUMBER,
        PATCH
    }

    /// @param digits of a number, without leading zeros
    private record Part(Rank rank, String digits) {

        static Part of(String part) {
            return Digits.areAll(part) ? new Part(Rank.NUMBER, Digits.significant(part)) : new Part(rankOf(part), "");
        }

        private static Rank rankOf(String word) {
            if (word.startsWith("dev")) {
                return Rank.DEVELOPMENT;
            }
            if (word.startsWith("rc") || word.startsWith("RC")) {
                return Rank.CANDIDATE;
            }
            return switch (word.isEmpty() ? ' ' : word.charAt(0)) {
                case 'a' -> Rank.ALPHA;
                case 'b' -> Rank.BETA;
                case '#' -> Rank.NUMBER_SIGN;
                case 'p' -> Rank.PATCH;
                default -> Rank.DEVELOPMENT;
            };
        }

        int compareTo(Part that) {
            boolean bothStandForNumbers = standsForNumber() && that.standsForNumber();
            if (!bothStandForNumbers) {
                return rank.compareTo(that.rank);
            }
            return rank == Rank.NUMBER && that.rank == Rank.NUMBER ? Digits.compare(digits, that.digits) : 0;
        }

        private boolean standsForNumber() {
            return rank == Rank.NUMBER || rank == Rank.NUMBER_SIGN;
        }
    }

    static PackagistVersion read(String text) {
        int at = text.startsWith("v") ? 1 : 0;
        at += text.startsWith("V", at) ? 1 : 0;
        var parts = new ArrayList<Part>();
        int from = at;
        for (; at < text.length(); at++) {
            if (isSeparator(text.charAt(at))) {
                parts.add(Part.of(text.substring(from, at)));
                from = at + 1;
            } else if (at > from && Digits.isDigit(text.charAt(at)) != Digits.isDigit(text.charAt(at - 1))) {
                parts.add(Part.of(text.substring(from, at)));
                from = at;
            }
        }
        parts.add(Part.of(text.substring(from)));
        return new PackagistVersion(text, List.copyOf(parts));
    }

    private static boolean isSeparator(char c) {
        return c == '.' || c == '-' || c == '_' || c == '+';
    }

    @Override
    public String major() {
        var first = parts.getFirst();
        return first.rank() == Rank.NUMBER ? Digits.shown(first.digits()) : "";
    }

    @Override
    public int compareTo(ParsedVersion other) {
        var those = ((PackagistVersion) other).parts;
        int shared = Math.min(parts.size(), those.size());
        for (int i = 0; i < shared; i++) {
            int order = parts.get(i).compareTo(those.get(i));
            if (order != 0) {
                return order;
            }
        }
        return parts.size() >= those.size()
                ? compareToNothing(parts.subList(shared, parts.size()))
                : -compareToNothing(those.subList(shared, those.size()));
    }

    /// What is left of the longer version decides: a number makes it newer, a word as it stands to nothing more.
    private static int compareToNothing(List<Part> rest) {
        for (Part part : rest) {
            if (part.rank() == Rank.NUMBER) {
                return 1;
            }
            int order = part.compareTo(NOTHING_MORE);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
