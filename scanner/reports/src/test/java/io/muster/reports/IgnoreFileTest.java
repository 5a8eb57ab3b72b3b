package io.muster.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreFileTest {

    private static List<String> counting(String toml) {
        return Reports.report(Reports.ignoring(toml)).matches().stream()
                .map(match -> match.finding().id())
                .toList();
    }

    private static List<RuleNote.Why> notes(String toml) {
        return Reports.report(Reports.ignoring(toml)).ruleNotes().stream()
                .map(RuleNote::why)
                .toList();
    }

    private static IgnoreReading.Refused refused(String toml) {
        return (IgnoreReading.Refused) IgnoreFile.parse("ignore.toml", toml);
    }

    @Test
    void without_rules_everything_counts() {
        assertThat(counting("")).containsExactly("EX-1", "EX-2");
    }

    @Test
    void a_finding_is_suppressed_by_its_id_with_its_reason() {
        var report = Reports.report(Reports.ignoring("[[IgnoredVulns]]\nid = \"EX-2\"\nreason = \"why not\"\n"));

        assertThat(report.matches()).hasSize(1);
        assertThat(report.suppressed()).extracting(it -> it.rule().reason()).containsExactly("why not");
        assertThat(report.ruleNotes()).isEmpty();
    }

    @Test
    void a_finding_is_suppressed_by_any_of_its_aliases() {
        assertThat(counting("[[IgnoredVulns]]\nid = \"CVE-2026-1\"\n")).containsExactly("EX-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-02", "2026-03-01T12:00:01Z", "2026-03-01T12:00:01", "2026-03-01T14:00:01+02:00"})
    void a_rule_holds_until_its_time(String until) {
        assertThat(counting("[[IgnoredVulns]]\nid = \"EX-1\"\nignoreUntil = " + until))
                .containsExactly("EX-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01", "2026-03-01T12:00:00Z", "2025-01-01"})
    void an_expired_rule_sets_nothing_aside(String until) {
        var toml = "[[IgnoredVulns]]\nid = \"EX-1\"\nignoreUntil = " + until;

        assertThat(counting(toml)).containsExactly("EX-1", "EX-2");
        assertThat(notes(toml)).containsExactly(RuleNote.Why.EXPIRED);
    }

    @Test
    void a_rule_that_covers_nothing_is_reported() {
        assertThat(notes("[[IgnoredVulns]]\nid = \"EX-77\"\n")).containsExactly(RuleNote.Why.UNUSED);
        assertThat(notes("[[PackageOverrides]]\nname = \"sun\"\nignore = true\n"))
                .containsExactly(RuleNote.Why.UNUSED);
    }

    @Test
    void a_rule_for_an_advisory_that_nobody_knows_is_reported() {
        assertThat(notes("[[IgnoredVulns]]\nid = \"TYPO-1\"\n")).containsExactly(RuleNote.Why.UNKNOWN);
    }

    @Test
    void a_package_is_suppressed_whole() {
        assertThat(counting("[[PackageOverrides]]\nname = \"dust\"\necosystem = \"npm\"\nignore = true\n"))
                .containsExactly("EX-2");
        assertThat(counting("[[PackageOverrides]]\nname = \"dust\"\nvulnerability.ignore = true\n"))
                .containsExactly("EX-2");
        assertThat(counting("[[PackageOverrides]]\nname = \"dust\"\nversion = \"0.2.0\"\nignore = true\n"))
                .containsExactly("EX-1", "EX-2");
        assertThat(counting("[[PackageOverrides]]\nname = \"dust\"\necosystem = \"PyPI\"\nignore = true\n"))
                .containsExactly("EX-1", "EX-2");
    }

    @Test
    void a_whole_group_is_suppressed() {
        assertThat(counting("[[PackageOverrides]]\ngroup = \"dev\"\nignore = true\n"))
                .containsExactly("EX-1");
    }

    @Test
    void a_package_override_that_ignores_nothing_is_no_rule() {
        assertThat(Reports.ignoring("[[PackageOverrides]]\nname = \"dust\"\nlicense.override = [\"MIT\"]\n")
                        .rules())
                .isEmpty();
    }

    @Test
    void a_package_override_expires_too() {
        assertThat(counting("[[PackageOverrides]]\nname = \"dust\"\nignore = true\neffectiveUntil = 2026-01-01\n"))
                .hasSize(2);
    }

    @Test
    void an_unknown_key_is_refused_with_the_one_that_was_meant() {
        assertThat(refused("[[IgnoredVulns]]\nid = \"A\"\nignoreUntill = 2026-01-01\n")
                        .message())
                .isEqualTo("cannot use ignore.toml at line 3: "
                        + "the key 'ignoreUntill' is not known; did you mean 'ignoreUntil'?");
        assertThat(refused("[[IgnoredVuln]]\nid = \"A\"\n").reason()).contains("IgnoredVulns");
    }

    @Test
    void a_value_of_the_wrong_kind_is_refused() {
        assertThat(refused("[[IgnoredVulns]]\nid = 7\n").reason()).isEqualTo("'id' must be a text");
        assertThat(refused("[[IgnoredVulns]]\nreason = \"x\"\n").reason()).contains("needs an 'id'");
        assertThat(refused("[[IgnoredVulns]]\nid = \"A\"\nignoreUntil = \"soon\"\n")
                        .reason())
                .contains("a date");
        assertThat(refused("IgnoredVulns = 3\n").reason()).contains("[[IgnoredVulns]]");
        assertThat(refused("IgnoredVulns = [3]\n").reason()).contains("[[IgnoredVulns]]");
        assertThat(refused("[[PackageOverrides]]\nignore = \"yes\"\n").reason()).contains("true or false");
        assertThat(refused("= nothing\n").line()).isEqualTo(1);
    }

    @Test
    void a_rule_without_a_date_never_expires() {
        var rule = Reports.ignoring("[[IgnoredVulns]]\nid = \"A\"\n").rules().getFirst();

        assertThat(rule.isExpired(Instant.parse("9999-12-31T23:59:59Z"))).isFalse();
    }
}
