package io.muster.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatingTest {

    /// Published scores of well-known vectors, one of each scheme.
    @ParameterizedTest
    @CsvSource({
        "AV:N/AC:L/Au:N/C:P/I:P/A:P, 7.5, HIGH",
        "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 9.8, CRITICAL",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H, 10.0, CRITICAL",
        "CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N, 3.1, LOW",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N, 0.0, NONE",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N, 9.3, CRITICAL"
    })
    void vectors_of_all_schemes_are_scored(String vector, double score, Severity severity) {
        assertThat(Rating.of(new SeverityVector("any", vector))).isEqualTo(new Rating(severity, score, vector));
    }

    @Test
    void what_is_no_vector_is_taken_as_a_word_or_as_unknown() {
        assertThat(Rating.of(new SeverityVector("Ubuntu", "medium"))).isEqualTo(new Rating(Severity.MEDIUM, 0, ""));
        assertThat(Rating.of(new SeverityVector("CVSS_V3", "CVSS:3.1/AV:Q"))).isEqualTo(Rating.UNKNOWN);
        assertThat(Rating.of(new SeverityVector("CVSS_V3", ""))).isEqualTo(Rating.UNKNOWN);
        // Found by HostileBytesTest, seed 20261121: a metric without a value made the scoring library throw.
        assertThat(Rating.of(new SeverityVector("CVSS_V2", "AV:N/AC:L/Au:N/C:P/I:P/A:")))
                .isEqualTo(Rating.UNKNOWN);
    }

    @Test
    void the_worst_of_several_vectors_counts() {
        var advisory = record("""
                [{"type": "CVSS_V4", "score": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"},
                 {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}]""", "LOW", "[]");

        assertThat(rating(advisory).score()).isEqualTo(9.8);
    }

    @Test
    void the_publishers_word_counts_where_nothing_can_be_scored() {
        var advisory = record("[{\"type\": \"CVSS_V5\", \"score\": \"CVSS:5.0/X:Y\"}]", "MODERATE", "[]");

        assertThat(rating(advisory)).isEqualTo(new Rating(Severity.MEDIUM, 0, ""));
    }

    @Test
    void a_rating_of_the_package_goes_before_that_of_the_advisory() {
        var advisory = record(
                "[{\"type\": \"CVSS_V3\", \"score\": \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}]",
                "HIGH",
                "[{\"type\": \"CVSS_V3\", \"score\": \"CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N\"}]");

        assertThat(rating(advisory).severity()).isEqualTo(Severity.LOW);
    }

    private static Advisory record(String severities, String stated, String ofPackage) {
        return Records.json("""
                {"id": "A-1", "severity": %s, "database_specific": {"severity": "%s"},
                 "affected": [{"package": {"ecosystem": "npm", "name": "lodash"}, "severity": %s}]}
                """.formatted(severities, stated, ofPackage));
    }

    private static Rating rating(Advisory advisory) {
        return Rating.of(advisory, advisory.affected().getFirst());
    }
}
