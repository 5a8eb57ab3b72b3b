package io.muster.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The evaluation algorithm of the OSV schema, rule by rule. [OSV schema, "Evaluation"]
class RangeEvaluationTest {

    private static boolean isAffected(String version, String events) {
        return !Records.findings(Records.LODASH, version, Records.lodash("A-1", events))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.0.0, true", "1.2.2, true", "0.9.9, false", "1.2.3, false", "2.0.0, false", "1.2.3-rc.1, true"})
    void introduced_is_inside_and_fixed_is_outside(String version, boolean expected) {
        assertThat(isAffected(version, "{\"introduced\":\"1.0.0\"},{\"fixed\":\"1.2.3\"}"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1.0.0, true", "1.2.3, true", "1.2.4, false"})
    void last_affected_is_inside(String version, boolean expected) {
        assertThat(isAffected(version, "{\"introduced\":\"0\"},{\"last_affected\":\"1.2.3\"}"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1.5.0, true", "2.1.0, false", "3.1.0, true", "3.2.0, false"})
    void one_range_may_open_and_close_several_times(String version, boolean expected) {
        var events = "{\"introduced\":\"3.0.0\"},{\"fixed\":\"2.0.0\"},{\"introduced\":\"0\"},{\"fixed\":\"3.2.0\"}";

        assertThat(isAffected(version, events)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1.0.0, true", "1.0.1, false"})
    void a_version_introduced_and_last_affected_at_once_is_an_interval_of_one(String version, boolean expected) {
        assertThat(isAffected(version, "{\"last_affected\":\"1.0.0\"},{\"introduced\":\"1.0.0\"}"))
                .isEqualTo(expected);
    }

    @Test
    void a_version_introduced_and_fixed_at_once_is_not_affected() {
        assertThat(isAffected("1.0.0", "{\"fixed\":\"1.0.0\"},{\"introduced\":\"1.0.0\"}"))
                .isFalse();
    }

    @Test
    void zero_stands_before_pre_releases_of_zero() {
        var pseudoVersion = "0.0.0-20180125103619-43913f2f4fbd";

        assertThat(isAffected(pseudoVersion, "{\"introduced\":\"0\"},{\"fixed\":\"1.0.0\"}"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1.5.0, true", "2.0.0, false", "3.0.0, false"})
    void nothing_at_or_after_a_limit_is_affected(String version, boolean expected) {
        assertThat(isAffected(version, "{\"introduced\":\"1.0.0\"},{\"limit\":\"2.0.0\"}"))
                .isEqualTo(expected);
    }

    @Test
    void a_limit_with_a_star_ends_nothing() {
        assertThat(isAffected("9.0.0", "{\"introduced\":\"1.0.0\"},{\"limit\":\"*\"}"))
                .isTrue();
    }

    @Test
    void of_several_limits_one_must_lie_ahead() {
        var events = "{\"introduced\":\"1.0.0\"},{\"limit\":\"2.0.0\"},{\"limit\":\"3.0.0\"}";

        assertThat(isAffected("2.5.0", events)).isTrue();
        assertThat(isAffected("3.5.0", events)).isFalse();
    }

    @Test
    void a_range_that_introduces_nothing_affects_nothing() {
        assertThat(isAffected("0.5.0", "{\"fixed\":\"1.0.0\"}")).isFalse();
    }

    @Test
    void a_listed_version_is_affected_outside_of_every_range() {
        var advisory = Records.json("""
                {"id": "A-1", "affected": [{"package": {"ecosystem": "npm", "name": "lodash"},
                  "ranges": [{"type": "SEMVER", "events": [{"introduced": "2.0.0"}]}], "versions": ["1.0.0"]}]}
                """);

        assertThat(Records.findings(Records.LODASH, "1.0.0", advisory)).hasSize(1);
        assertThat(Records.findings(Records.LODASH, "1.0.1", advisory)).isEmpty();
        assertThat(Records.findings(Records.LODASH, "2.0.1", advisory)).hasSize(1);
    }

    @Test
    void a_version_listed_under_an_equal_spelling_is_affected() {
        var advisory = Records.json("""
                {"id": "A-1", "affected": [{"package": {"ecosystem": "npm", "name": "lodash"}, "versions": ["1.0.0"]}]}
                """);

        assertThat(Records.findings(Records.LODASH, "v1.0.0", advisory)).hasSize(1);
    }

    @Test
    void any_of_several_ranges_and_entries_is_enough() {
        var advisory = Records.json("""
                {"id": "A-1", "affected": [
                  {"package": {"ecosystem": "npm", "name": "other"},
                   "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]},
                  {"package": {"ecosystem": "npm", "name": "lodash"}, "ranges": [
                    {"type": "SEMVER", "events": [{"introduced": "1.0.0"}, {"fixed": "1.1.0"}]},
                    {"type": "SEMVER", "events": [{"introduced": "2.0.0"}, {"fixed": "2.1.0"}]}]},
                  {"package": {"ecosystem": "npm", "name": "lodash"}, "versions": ["3.3.3"]}]}
                """);

        assertThat(Records.findings(Records.LODASH, "1.0.5", advisory)).hasSize(1);
        assertThat(Records.findings(Records.LODASH, "2.0.5", advisory)).hasSize(1);
        assertThat(Records.findings(Records.LODASH, "3.3.3", advisory)).hasSize(1);
        assertThat(Records.findings(Records.LODASH, "1.5.0", advisory)).isEmpty();
    }

    @Test
    void a_git_range_is_reported_not_evaluated() {
        var advisory = Records.json("""
                {"id": "A-1", "affected": [{"package": {"ecosystem": "npm", "name": "lodash"},
                  "ranges": [{"type": "GIT", "repo": "https://example.org/lodash.git",
                              "events": [{"introduced": "0"}, {"fixed": "c0ffee"}]}]}]}
                """);

        var matching = Records.match(Records.LODASH, "1.0.0", advisory);

        assertThat(matching.findings()).isEmpty();
        assertThat(matching.undecided())
                .extracting(Matching.Undecided::advisory)
                .containsExactly("A-1");
    }

    @Test
    void an_ecosystem_range_without_a_known_order_is_reported_not_guessed() {
        var advisory = Records.json("""
                {"id": "A-1", "affected": [{"package": {"ecosystem": "Moonbase", "name": "rover"}, "versions": ["7"],
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}]}
                """);
        var rover = new PackageName(Ecosystem.parse("Moonbase"), "rover");

        assertThat(Records.match(rover, "8", advisory).undecided()).hasSize(1);
        assertThat(Records.match(rover, "7", advisory).findings()).hasSize(1);
    }

    @Test
    void a_withdrawn_advisory_affects_nothing() {
        var advisory = Records.lodash("A-1", "{\"introduced\":\"0\"}", ", \"withdrawn\": \"2024-02-01T00:00:00Z\"");

        assertThat(advisory.isWithdrawn()).isTrue();
        assertThat(Records.findings(Records.LODASH, "1.0.0", advisory)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Debian:12, true", "Debian, true", "Debian:11, false", "Ubuntu:12, false"})
    void a_release_asked_for_matches_only_itself_and_no_release_means_all(String asked, boolean expected) {
        var advisory = Records.json("""
                {"id": "A-1", "affected": [
                  {"package": {"ecosystem": "Debian:12", "name": "curl"}, "versions": ["7.88"]}]}
                """);

        var findings = Records.findings(new PackageName(Ecosystem.parse(asked), "curl"), "7.88", advisory);

        assertThat(!findings.isEmpty()).isEqualTo(expected);
    }
}
