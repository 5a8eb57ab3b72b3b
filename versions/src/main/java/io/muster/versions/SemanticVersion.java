package io.muster.versions;

import java.util.ArrayList;
import java.util.List;

/// A version by Semantic Versioning 2.0 §11, read as leniently as OSV reads it: a leading `v` is skipped, missing
/// numbers are zero, and everything from the first character that is neither digit nor dot is the pre-release.
///
/// @param numbers the first three numbers, without leading zeros
/// @param preRelease its identifiers; empty for a release. Build metadata is gone: it has no part in the order (§10).
record SemanticVersion(String text, List<String> numbers, List<String> preRelease) implements ParsedVersion {

    private static final int NUMBERS = 3;

    static SemanticVersion read(String text) {
        int at = text.startsWith("v") ? 1 : 0;
        var numbers = new ArrayList<String>();
        while (at < text.length() && (text.charAt(at) == '.' || Digits.isDigit(text.charAt(at)))) {
            int end = Digits.end(text, at);
            if (end > at) {
                numbers.add(Digits.significant(text.substring(at, end)));
            }
            at = Math.max(end, at + 1);
        }
        return new SemanticVersion(text, firstThree(numbers), identifiers(text.substring(at), beyondThree(numbers)));
    }

    private static List<String> firstThree(List<String> numbers) {
        return List.copyOf(numbers.subList(0, Math.min(NUMBERS, numbers.size())));
    }

    private static List<String> beyondThree(List<String> numbers) {
        return numbers.size() <= NUMBERS ? List.of() : numbers.subList(NUMBERS, numbers.size());
    }

    /// A fourth number and those behind it become identifiers at the end of the pre-release, as OSV has it.
    private static List<String> identifiers(String rest, List<String> surplus) {
        var tail = new StringBuilder(rest);
        surplus.forEach(number -> tail.append('.').append(number.isEmpty() ? "0" : number));
        int build = tail.indexOf("+");
        String preRelease = build < 0 ? tail.toString() : tail.substring(0, build);
        if (preRelease.startsWith("-")) {
            preRelease = preRelease.substring(1);
        }
        return preRelease.isEmpty() ? List.of() : List.of(preRelease.split("\\.", -1));
    }

    @Override
    public String major() {
        return numbers.isEmpty() ? "" : numbers.getFirst().isEmpty() ? "0" : numbers.getFirst();
    }

    @Override
    public int compareTo(ParsedVersion other) {
        var that = (SemanticVersion) other;
        for (int i = 0; i < NUMBERS; i++) {
            int order = Digits.compare(number(i), that.number(i));
            if (order != 0) {
                return order;
            }
        }
        if (preRelease.isEmpty() || that.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), that.preRelease.isEmpty());
        }
        return compareIdentifiers(that.preRelease);
    }

    private String number(int index) {
        return index < numbers.size() ? numbers.get(index) : "";
    }

    private int compareIdentifiers(List<String> those) {
        for (int i = 0; i < Math.min(preRelease.size(), those.size()); i++) {
            int order = compareIdentifier(preRelease.get(i), those.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(preRelease.size(), those.size());
    }

    /// §11.4: numbers by value, words by ASCII, and a number is below a word.
    private static int compareIdentifier(String a, String b) {
        boolean aIsNumber = Digits.areAll(a);
        boolean bIsNumber = Digits.areAll(b);
        if (aIsNumber && bIsNumber) {
            return Digits.compare(Digits.significant(a), Digits.significant(b));
        }
        if (aIsNumber != bIsNumber) {
            return aIsNumber ? -1 : 1;
        }
        return a.compareTo(b);
    }
}
