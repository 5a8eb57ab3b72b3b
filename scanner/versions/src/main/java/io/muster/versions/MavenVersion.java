package io.muster.versions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A Maven version in the order of Maven's version specification, as OSV reads it, made transitive.
///
/// A version is a row of tokens, each led by `.` or `-`; a change between digits and other characters
/// counts as `-`. Rows compare token by token. Taken literally the specification goes round in circles
/// (`1-alpha` < `1` < `1.foo` < `1-alpha`), because where a shorter row ends depends on what the longer
/// one holds there. Here that end has one place, between what comes before a release and what comes
/// behind it:
///
/// ```
///  .alpha … .snapshot < -alpha … -snapshot < .0 before such a word < the end < .sp .other < -sp -other < -1 < .0 .1
/// ```
///
/// so that each circle is broken where the words' meaning asks for it, and nothing else changes. That is the order to
/// sort by; [#against] compares a pair of a circle as OSV does.
///
/// @param tokens without idle ones: trailing zeros and release words before a hyphen and at the end are gone
record MavenVersion(String text, List<MavenToken> tokens) implements ParsedVersion {

    static MavenVersion read(String text) {
        var pieces = withoutIdle(pieces(text));
        var tokens = new ArrayList<MavenToken>(pieces.size());
        boolean leadsToPreRelease = false;
        for (int i = pieces.size() - 1; i >= 0; i--) {
            var token = pieces.get(i).token(leadsToPreRelease);
            leadsToPreRelease = token.isPreRelease();
            tokens.add(token);
        }
        return new MavenVersion(text, List.copyOf(tokens.reversed()));
    }

    /// A token before what follows it is known.
    ///
    /// @param value a number without leading zeros (`0` for zero), or a lower-case word (empty for a release)
    private record Piece(char lead, String value, boolean isNumber) {

        private static final char FIRST = ' ';

        boolean isIdle() {
            return value.isEmpty() || value.equals("0");
        }

        MavenToken token(boolean leadsToPreRelease) {
            boolean isTransparent = lead == '.' && value.equals("0") || lead == '-' && value.isEmpty();
            if (isTransparent && leadsToPreRelease) {
                return MavenToken.towardsPreRelease(lead);
            }
            return isNumber ? MavenToken.number(lead == '-', value) : MavenToken.word(lead == '-', value);
        }
    }

    private static List<Piece> pieces(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        var pieces = new ArrayList<Piece>();
        char lead = Piece.FIRST;
        int from = 0;
        for (int at = 0; at <= lower.length(); at++) {
            boolean isEnd = at == lower.length();
            boolean isSeparator = !isEnd && (lower.charAt(at) == '.' || lower.charAt(at) == '-');
            boolean isChange =
                    !isEnd && at > from && Digits.isDigit(lower.charAt(at)) != Digits.isDigit(lower.charAt(at - 1));
            if (isEnd || isSeparator) {
                pieces.add(piece(lead, lower.substring(from, at)));
                lead = isEnd ? lead : lower.charAt(at);
                from = at + 1;
            } else if (isChange) {
                String part = lower.substring(from, at);
                pieces.add(piece(lead, Digits.isDigit(lower.charAt(at)) ? spelledOut(part) : part));
                lead = '-';
                from = at;
            }
        }
        return pieces;
    }

    /// The short forms that count only where a digit follows at once: `1a1` is `1-alpha-1`, while `1a` is `1-a`.
    private static String spelledOut(String word) {
        return switch (word) {
            case "a" -> "alpha";
            case "b" -> "beta";
            case "m" -> "milestone";
            default -> word;
        };
    }

    private static Piece piece(char lead, String part) {
        if (part.isEmpty() || Digits.isDigit(part.charAt(0))) {
            return new Piece(lead, Digits.shown(Digits.significant(part)), true);
        }
        return switch (part) {
            case "cr" -> new Piece(lead, "rc", false);
            case "ga", "final", "release" -> new Piece(lead, "", false);
            default -> new Piece(lead, part, false);
        };
    }

    /// Drops zeros and release words from the end, and then again from before each hyphen; the first piece stays.
    private static List<Piece> withoutIdle(List<Piece> pieces) {
        var kept = new ArrayList<Piece>();
        boolean atEnd = true;
        for (int i = pieces.size() - 1; i > 0; i--) {
            var piece = pieces.get(i);
            if (atEnd && piece.isIdle()) {
                continue;
            }
            kept.add(piece);
            atEnd = piece.lead() == '-';
        }
        kept.add(pieces.getFirst());
        return kept.reversed();
    }

    @Override
    public String major() {
        return tokens.getFirst().isNumber() ? Digits.shown(tokens.getFirst().value()) : "";
    }

    @Override
    public int compareTo(ParsedVersion other) {
        return compare((MavenVersion) other, MavenToken::compareTo);
    }

    /// OSV reads `2.9.0 < 2.9.0-1 < 2.9.0.RC1 < 2.9.0`: the zero before `RC1` is a number, above `-1` and above words,
    /// and equal to nothing at all only where the other version ends.
    @Override
    public int against(ParsedVersion other) {
        return compare((MavenVersion) other, MavenToken::against);
    }

    private int compare(MavenVersion other, Comparator<MavenToken> order) {
        var those = other.tokens;
        for (int i = 0; i < Math.max(tokens.size(), those.size()); i++) {
            var ours = i < tokens.size() ? tokens.get(i) : MavenToken.END;
            int result = order.compare(ours, i < those.size() ? those.get(i) : MavenToken.END);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }
}
