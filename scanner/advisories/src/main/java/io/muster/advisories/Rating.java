package io.muster.advisories;

import java.util.Comparator;
import java.util.List;
import us.springett.cvss.Cvss;
import us.springett.cvss.MalformedVectorException;

/// How bad an advisory is for one package, and on what that rests.
///
/// @param score the CVSS base score, 0.0 to 10.0; 0.0 where no vector could be scored
/// @param vector the vector behind the score, or empty where only a word was given
public record Rating(Severity severity, double score, String vector) {

    /// Nobody rated it.
    public static final Rating UNKNOWN = new Rating(Severity.UNKNOWN, 0, "");

    /// Worse is greater; among the same severity a scored rating is greater than a stated one.
    public static final Comparator<Rating> BY_BADNESS = Comparator.comparing(Rating::severity)
            .thenComparingDouble(Rating::score)
            .thenComparing(Rating::vector);

    /// Rates an advisory for one of its packages.
    ///
    /// The entry's own vectors go before the advisory's. Of several vectors the worst counts: publishers add a CVSS
    /// 4.0 vector beside the 3.1 one, and the lower of two expert opinions is no reason to sleep well. Without a
    /// vector the publisher's word counts; a malicious package that nobody rated is critical by what it is.
    static Rating of(Advisory advisory, Affected affected) {
        var vectors = affected.severities().isEmpty() ? advisory.severities() : affected.severities();
        var scored = worst(vectors);
        if (scored.severity() != Severity.UNKNOWN) {
            return scored;
        }
        var stated = Severity.ofWord(
                affected.statedSeverity().isEmpty() ? advisory.statedSeverity() : affected.statedSeverity());
        if (stated == Severity.UNKNOWN && advisory.kind() == Advisory.Kind.MALICIOUS) {
            return new Rating(Severity.CRITICAL, 0, "");
        }
        return new Rating(stated, 0, "");
    }

    private static Rating worst(List<SeverityVector> vectors) {
        return vectors.stream().map(Rating::of).max(BY_BADNESS).orElse(UNKNOWN);
    }

    /// Rates one vector of CVSS 2, 3.0, 3.1 or 4.0, or a distribution's word; what is neither rates as unknown.
    public static Rating of(SeverityVector severity) {
        try {
            double score = Cvss.fromVector(severity.vector()).calculateScore().getBaseScore();
            return new Rating(Severity.ofScore(score), score, severity.vector());
        } catch (MalformedVectorException | IndexOutOfBoundsException e) {
            // The library refuses most nonsense with its own exception, but stumbles over a metric without a value.
            return new Rating(Severity.ofWord(severity.vector()), 0, "");
        }
    }

    /// Whether a vector stands behind it.
    public boolean isScored() {
        return !vector.isEmpty();
    }
}
