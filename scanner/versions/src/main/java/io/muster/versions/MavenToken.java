package io.muster.versions;

import java.util.List;

/// One place in a Maven version: a number or a word with what leads it. [MavenVersion] explains the order.
///
/// @param rank compared first
/// @param keyword the place of a known word among the known words; unknown words share the last and compare as text
/// @param value a number without leading zeros, or an unknown word
record MavenToken(Rank rank, int keyword, String value) implements Comparable<MavenToken> {

    /// In ascending order.
    enum Rank {
        DOT_PRE_RELEASE,
        HYPHEN_PRE_RELEASE,
        ZERO_BEFORE_PRE_RELEASE,
        END,
        DOT_WORD,
        HYPHEN_WORD,
        HYPHEN_NUMBER,
        DOT_NUMBER
    }

    /// What stands behind the last token of every version.
    static final MavenToken END = new MavenToken(Rank.END, 0, "");

    private static final List<String> KEYWORDS = List.of("alpha", "beta", "milestone", "rc", "snapshot", "", "sp");
    private static final int RELEASE = KEYWORDS.indexOf("");

    static MavenToken number(boolean hyphen, String digits) {
        return new MavenToken(hyphen ? Rank.HYPHEN_NUMBER : Rank.DOT_NUMBER, 0, Digits.significant(digits));
    }

    static MavenToken word(boolean hyphen, String word) {
        int keyword = KEYWORDS.indexOf(word);
        // A release word that is not idle (`1.ga.1`) sorts with what comes before a release when a dot leads it, and
        // with what comes behind one when a hyphen does, as it does for OSV.
        boolean isBefore = keyword >= 0 && (hyphen ? keyword < RELEASE : keyword <= RELEASE);
        Rank rank = isBefore
                ? hyphen ? Rank.HYPHEN_PRE_RELEASE : Rank.DOT_PRE_RELEASE
                : hyphen ? Rank.HYPHEN_WORD : Rank.DOT_WORD;
        return keyword < 0 ? new MavenToken(rank, KEYWORDS.size(), word) : new MavenToken(rank, keyword, "");
    }

    /// A zero or a release word that only leads to a word such as `alpha`: with it the version is still before the
    /// release.
    static MavenToken towardsPreRelease(char lead) {
        return lead == '-'
                ? new MavenToken(Rank.HYPHEN_PRE_RELEASE, RELEASE, "")
                : new MavenToken(Rank.ZERO_BEFORE_PRE_RELEASE, 0, "");
    }

    boolean isNumber() {
        return rank == Rank.DOT_NUMBER || rank == Rank.HYPHEN_NUMBER;
    }

    boolean isPreRelease() {
        return rank.compareTo(Rank.END) < 0;
    }

    /// This pair alone, by OSV's rules: a zero before a pre-release is a number wherever the other version goes on.
    int against(MavenToken that) {
        if (rank == Rank.ZERO_BEFORE_PRE_RELEASE && that.isBehindRelease()) {
            return 1;
        }
        if (that.rank == Rank.ZERO_BEFORE_PRE_RELEASE && isBehindRelease()) {
            return -1;
        }
        return compareTo(that);
    }

    private boolean isBehindRelease() {
        return rank == Rank.DOT_WORD || rank == Rank.HYPHEN_WORD || rank == Rank.HYPHEN_NUMBER;
    }

    @Override
    public int compareTo(MavenToken that) {
        if (rank != that.rank) {
            return rank.compareTo(that.rank);
        }
        if (isNumber()) {
            return Digits.compare(value, that.value);
        }
        return keyword != that.keyword ? Integer.compare(keyword, that.keyword) : value.compareTo(that.value);
    }
}
