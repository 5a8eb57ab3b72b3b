package io.muster.versions;

import java.util.ArrayList;
import java.util.List;

/// An Alpine (apk) version, `number{.number}{letter}{_suffix{number}}{~hash}{-r#}`: Alpine, Wolfi, Chainguard and kin.
///
/// Read from the left as far as it follows the form. What is then left over makes a version that apk calls invalid; it
/// is older than the same version without it. The commit hash has no part in the order.
///
/// @param components digits as they stand, because a component behind the first that starts with `0` compares as text
/// @param letter `\0` when there is none
/// @param revision of `-r#`, without leading zeros
/// @param rest what does not follow the form
record AlpineVersion(
        String text, List<String> components, char letter, List<Suffix> suffixes, String revision, String rest)
        implements ParsedVersion {

    private static final char NO_LETTER = '\0';
    private static final String ZERO = "0";

    /// The suffixes in ascending order; [#NONE] is where a version without one stands.
    private enum SuffixKind {
        ALPHA("alpha"),
        BETA("beta"),
        PRE("pre"),
        RC("rc"),
        NONE(""),
        CVS("cvs"),
        SVN("svn"),
        GIT("git"),
        HG("hg"),
        P("p");

        private final String word;

        SuffixKind(String word) {
            this.word = word;
        }
    }

    /// @param number without leading zeros
    record Suffix(SuffixKind kind, String number) {

        static final Suffix NONE = new Suffix(SuffixKind.NONE, "");

        int compareTo(Suffix that) {
            int order = kind.compareTo(that.kind);
            return order != 0 ? order : Digits.compare(number, that.number);
        }
    }

    static AlpineVersion read(String text) {
        return new Reader(text).version();
    }

    @Override
    public String major() {
        return components.isEmpty() ? "" : Digits.shown(Digits.significant(components.getFirst()));
    }

    @Override
    public int compareTo(ParsedVersion other) {
        var that = (AlpineVersion) other;
        int order = compareComponents(that);
        if (order == 0) {
            order = Character.compare(letter, that.letter);
        }
        if (order == 0) {
            order = compareSuffixes(that);
        }
        if (order == 0) {
            order = Digits.compare(revision, that.revision);
        }
        return order != 0 ? order : compareRests(rest, that.rest);
    }

    private int compareComponents(AlpineVersion that) {
        for (int i = 0; i < Math.max(components.size(), that.components.size()); i++) {
            String ours = i < components.size() ? components.get(i) : ZERO;
            String theirs = i < that.components.size() ? that.components.get(i) : ZERO;
            int order = i > 0 && (isText(ours) || isText(theirs))
                    ? ours.compareTo(theirs)
                    : Digits.compare(Digits.significant(ours), Digits.significant(theirs));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// Empty, as between two dots, or led by a zero: below every other number, and among themselves as text.
    private static boolean isText(String component) {
        return component.isEmpty() || component.charAt(0) == '0';
    }

    private int compareSuffixes(AlpineVersion that) {
        for (int i = 0; i < Math.max(suffixes.size(), that.suffixes.size()); i++) {
            var ours = i < suffixes.size() ? suffixes.get(i) : Suffix.NONE;
            int order = ours.compareTo(i < that.suffixes.size() ? that.suffixes.get(i) : Suffix.NONE);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// No rest is newest. Rests that begin with a hyphen are all equal, because that is where OSV stops to look;
    /// others compare as text and are below those.
    private static int compareRests(String a, String b) {
        int order = Integer.compare(restRank(a), restRank(b));
        return order != 0 || restRank(a) > 0 ? order : a.compareTo(b);
    }

    private static int restRank(String rest) {
        if (rest.isEmpty()) {
            return 2;
        }
        return rest.charAt(0) == '-' ? 1 : 0;
    }

    /// Walks the text once, part by part in the order of the form.
    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        AlpineVersion version() {
            var components = components();
            char letter = letter();
            var suffixes = suffixes();
            skipHash();
            boolean hasRevision = text.startsWith("-r", at);
            String revision = hasRevision ? number(at + 2) : "";
            String rest = text.substring(at);
            return new AlpineVersion(
                    text, components, letter, suffixes, revision, hasRevision && !rest.isEmpty() ? "-" + rest : rest);
        }

        private List<String> components() {
            var components = new ArrayList<String>();
            int end = Digits.end(text, at);
            if (end == at) {
                return List.of();
            }
            components.add(text.substring(at, end));
            at = end;
            while (at < text.length() && text.charAt(at) == '.') {
                end = Digits.end(text, at + 1);
                components.add(text.substring(at + 1, end));
                at = end;
            }
            return List.copyOf(components);
        }

        private char letter() {
            if (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
                return text.charAt(at++);
            }
            return NO_LETTER;
        }

        private List<Suffix> suffixes() {
            var suffixes = new ArrayList<Suffix>();
            while (at < text.length() && text.charAt(at) == '_') {
                SuffixKind kind = suffixKind();
                if (kind == SuffixKind.NONE) {
                    break;
                }
                suffixes.add(new Suffix(kind, number(at + 1 + kind.word.length())));
            }
            return List.copyOf(suffixes);
        }

        private SuffixKind suffixKind() {
            for (SuffixKind kind : SuffixKind.values()) {
                if (kind != SuffixKind.NONE && text.startsWith(kind.word, at + 1)) {
                    return kind;
                }
            }
            return SuffixKind.NONE;
        }

        private void skipHash() {
            int end = at + 1;
            while (end < text.length() && isLowerCaseHex(text.charAt(end))) {
                end++;
            }
            if (at < text.length() && text.charAt(at) == '~' && end > at + 1) {
                at = end;
            }
        }

        private static boolean isLowerCaseHex(char c) {
            return Digits.isDigit(c) || c >= 'a' && c <= 'f';
        }

        private String number(int from) {
            at = Digits.end(text, from);
            return Digits.significant(text.substring(from, at));
        }
    }
}
