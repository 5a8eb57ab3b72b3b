package io.muster.versions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A version by Semantic Versioning 2.0 §11, read as leniently as OSV reads it: a leading `v` is skipped, missing
/// numbers are zero, and everything from the first character that is neither digit nor dot is the pre-release.
///
/// Go's pseudo-versions (`v0.0.0-20190101000000-abcdef123456`) and its `+incompatible` need no rule of their own: the
/// first is a pre-release whose date sorts as text, the second is build metadata and has no part in the order (§10).
///
/// @param numbers without leading zeros; those beyond the form's limit have become identifiers of the pre-release
/// @param preRelease its identifiers; empty for a release
/// @param build the metadata that takes part in the order: always empty but for Pub
record SemanticVersion(String text, List<String> numbers, List<String> preRelease, String build)
        implements ParsedVersion {

    private static final int SEMVER_NUMBERS = 3;
    private static final int NUGET_NUMBERS = 4;

    static SemanticVersion read(String text) {
        return read(text, text, SEMVER_NUMBERS).withoutBuild();
    }

    /// NuGet has a fourth number, `Revision`, and folds the case of pre-releases.
    static SemanticVersion readNuget(String text) {
        return read(text, text.toLowerCase(Locale.ROOT), NUGET_NUMBERS).withoutBuild();
    }

    /// Pub lets build metadata decide where all else is equal: as text, and none is below any.
    static SemanticVersion readPub(String text) {
        return read(text, text, SEMVER_NUMBERS);
    }

    private static SemanticVersion read(String text, String folded, int limit) {
        int at = text.startsWith("v") ? 1 : 0;
        var numbers = new ArrayList<String>(limit);
        var surplus = new StringBuilder();
        while (at < folded.length() && (folded.charAt(at) == '.' || Digits.isDigit(folded.charAt(at)))) {
            int end = Digits.end(folded, at);
            if (end > at && numbers.size() < limit) {
                numbers.add(Digits.significant(folded.substring(at, end)));
            } else if (end > at) {
                surplus.append('.').append(folded, at, end);
            }
            at = Math.max(end, at + 1);
        }
        String rest = folded.substring(at) + surplus;
        int plus = rest.indexOf('+');
        String build = plus < 0 ? "" : rest.substring(plus + 1);
        return new SemanticVersion(
                text, List.copyOf(numbers), identifiers(plus < 0 ? rest : rest.substring(0, plus)), build);
    }

    private static List<String> identifiers(String rest) {
        String preRelease = rest.startsWith("-") ? rest.substring(1) : rest;
        return preRelease.isEmpty() ? List.of() : List.of(preRelease.split("\\.", -1));
    }

    private SemanticVersion withoutBuild() {
        return build.isEmpty() ? this : new SemanticVersion(text, numbers, preRelease, "");
    }

    @Override
    public String major() {
        return numbers.isEmpty() ? "" : Digits.shown(numbers.getFirst());
    }

    @Override
    public int compareTo(ParsedVersion other) {
        var that = (SemanticVersion) other;
        int order = Digits.comparePadded(numbers, that.numbers);
        if (order == 0) {
            order = comparePreRelease(that);
        }
        return order != 0 ? order : build.compareTo(that.build);
    }

    private int comparePreRelease(SemanticVersion that) {
        if (preRelease.isEmpty() || that.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), that.preRelease.isEmpty());
        }
        int shared = Math.min(preRelease.size(), that.preRelease.size());
        for (int i = 0; i < shared; i++) {
            int order = compareIdentifiers(preRelease.get(i), that.preRelease.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(preRelease.size(), that.preRelease.size());
    }

    /// §11.4: numbers by value, words by ASCII, and a number is below a word.
    private static int compareIdentifiers(String a, String b) {
        boolean aIsNumber = Digits.areAll(a);
        boolean bIsNumber = Digits.areAll(b);
        if (aIsNumber && bIsNumber) {
            return Digits.compare(Digits.significant(a), Digits.significant(b));
        }
        return aIsNumber == bIsNumber ? a.compareTo(b) : Boolean.compare(bIsNumber, aIsNumber);
    }
}
