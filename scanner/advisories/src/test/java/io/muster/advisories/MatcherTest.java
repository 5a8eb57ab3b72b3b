package io.muster.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MatcherTest {

    private static final String ALWAYS = "{\"introduced\":\"0\"}";

    @Test
    void a_finding_names_the_database_and_the_engine() {
        var finding = Records.findings(Records.LODASH, "1.0.0", Records.lodash("A-1", ALWAYS))
                .getFirst();

        assertThat(finding.provenance()).isEqualTo(new Provenance("sha256:test", Provenance.ENGINE_VERSION));
    }

    @Test
    void advisories_with_a_common_alias_are_one_finding() {
        var one = Records.lodash("GHSA-1", ALWAYS, ", \"aliases\": [\"CVE-1\"]");
        var two = Records.lodash("SNYK-1", ALWAYS, ", \"aliases\": [\"CVE-1\", \"NSWG-1\"]");
        var three = Records.lodash("NSWG-1", ALWAYS);
        var other = Records.lodash("GHSA-2", ALWAYS, ", \"aliases\": [\"CVE-2\"]");

        var findings = Records.findings(Records.LODASH, "1.0.0", three, other, two, one);

        assertThat(findings).extracting(Finding::id).containsExactly("GHSA-1", "GHSA-2");
        assertThat(findings.getFirst().advisories()).containsExactly("GHSA-1", "NSWG-1", "SNYK-1");
        assertThat(findings.getFirst().aliases()).containsExactly("CVE-1");
        assertThat(findings.getFirst().isKnownAs("CVE-1")).isTrue();
    }

    @Test
    void related_advisories_are_one_finding_when_both_match() {
        var one = Records.lodash("A-1", ALWAYS, ", \"related\": [\"CVE-2\"]");
        var two = Records.lodash("A-2", ALWAYS, ", \"aliases\": [\"CVE-2\"]");

        assertThat(Records.findings(Records.LODASH, "1.0.0", one, two)).hasSize(1);
    }

    @Test
    void a_related_advisory_that_does_not_match_joins_nothing() {
        var one = Records.lodash("A-1", ALWAYS, ", \"related\": [\"CVE-9\"]");
        var two = Records.lodash("A-2", ALWAYS, ", \"upstream\": [\"CVE-9\"]");

        assertThat(Records.findings(Records.LODASH, "1.0.0", one, two)).hasSize(2);
    }

    @Test
    void a_malicious_record_leads_and_is_critical() {
        var malicious = Records.lodash("MAL-2024-1", ALWAYS, ", \"aliases\": [\"GHSA-1\"]");
        var advisory = Records.lodash("GHSA-1", ALWAYS, ", \"database_specific\": {\"severity\": \"LOW\"}");

        var finding =
                Records.findings(Records.LODASH, "1.0.0", advisory, malicious).getFirst();

        assertThat(finding.id()).isEqualTo("MAL-2024-1");
        assertThat(finding.kind()).isEqualTo(Advisory.Kind.MALICIOUS);
        assertThat(finding.rating().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void findings_come_worst_first() {
        var low = Records.lodash("A-1", ALWAYS, ", \"database_specific\": {\"severity\": \"LOW\"}");
        var high = Records.lodash("A-2", ALWAYS, ", \"database_specific\": {\"severity\": \"HIGH\"}");
        var unrated = Records.lodash("A-0", ALWAYS);

        var findings = Records.findings(Records.LODASH, "1.0.0", low, unrated, high);

        assertThat(findings).extracting(Finding::id).containsExactly("A-2", "A-1", "A-0");
    }

    @Test
    void the_explanation_is_the_interval_around_the_version() {
        var events = "{\"introduced\":\"0\"},{\"fixed\":\"1.0.0\"},{\"introduced\":\"2.0.0\"},{\"fixed\":\"2.3.0\"}";
        var advisory = Records.lodash("A-1", events);

        assertThat(Records.findings(Records.LODASH, "0.5.0", advisory)
                        .getFirst()
                        .explanation())
                .isEqualTo("< 1.0.0");
        assertThat(Records.findings(Records.LODASH, "2.1.0", advisory)
                        .getFirst()
                        .explanation())
                .isEqualTo(">= 2.0.0, < 2.3.0");
        assertThat(Records.findings(Records.LODASH, "2.1.0", Records.lodash("A-2", ALWAYS))
                        .getFirst()
                        .explanation())
                .isEqualTo("every version");
    }

    @Test
    void the_fix_is_the_smallest_on_the_same_major() {
        var events = "{\"introduced\":\"0\"},{\"fixed\":\"1.9.0\"},{\"introduced\":\"2.0.0\"},{\"fixed\":\"2.3.0\"}";
        var advisory = Records.lodash("A-1", events);

        assertThat(fixOf("1.0.0", advisory)).isEqualTo(new Fix.Upgrade("1.9.0", Fix.Distance.SAME_MAJOR));
        assertThat(fixOf("2.0.0", advisory)).isEqualTo(new Fix.Upgrade("2.3.0", Fix.Distance.SAME_MAJOR));
    }

    @Test
    void without_a_fix_on_the_major_the_next_one_up_is_named() {
        var events = "{\"introduced\":\"0\"},{\"fixed\":\"3.0.0\"},{\"introduced\":\"3.5.0\"},{\"fixed\":\"4.0.0\"}";

        assertThat(fixOf("1.0.0", Records.lodash("A-1", events)))
                .isEqualTo(new Fix.Upgrade("3.0.0", Fix.Distance.NEXT_MAJOR));
    }

    @Test
    void a_fix_must_mend_every_advisory_of_the_finding() {
        var one = Records.lodash("A-1", "{\"introduced\":\"0\"},{\"fixed\":\"1.1.0\"}", ", \"aliases\": [\"CVE-1\"]");
        var two = Records.lodash("A-2", "{\"introduced\":\"0\"},{\"fixed\":\"1.2.0\"}", ", \"aliases\": [\"CVE-1\"]");

        assertThat(fixOf("1.0.0", one, two)).isEqualTo(new Fix.Upgrade("1.2.0", Fix.Distance.SAME_MAJOR));
    }

    @Test
    void a_fix_inside_another_entry_of_the_same_advisory_is_none() {
        var advisory = Records.json("""
                {"id": "A-1", "affected": [
                  {"package": {"ecosystem": "npm", "name": "lodash"},
                   "ranges": [{"type": "SEMVER", "events": [{"introduced": "1.0.0"}, {"fixed": "2.0.0"}]}]},
                  {"package": {"ecosystem": "npm", "name": "lodash"},
                   "ranges": [{"type": "SEMVER", "events": [{"introduced": "2.0.0"}, {"fixed": "2.4.0"}]}]}]}
                """);

        assertThat(fixOf("1.5.0", advisory)).isEqualTo(new Fix.Upgrade("2.4.0", Fix.Distance.NEXT_MAJOR));
    }

    @Test
    void without_a_fixed_version_none_is_invented() {
        assertThat(fixOf("1.0.0", Records.lodash("A-1", "{\"introduced\":\"0\"},{\"last_affected\":\"1.5.0\"}")))
                .isEqualTo(new Fix.NoneKnown());
    }

    private static Fix fixOf(String version, Advisory... advisories) {
        var findings = Records.findings(Records.LODASH, version, advisories);
        assertThat(findings).hasSize(1);
        return findings.getFirst().fix();
    }
}
