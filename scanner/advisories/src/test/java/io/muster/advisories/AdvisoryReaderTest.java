package io.muster.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdvisoryReaderTest {

    private static final String RECORD = """
            {"schema_version": "1.7.0", "id": "EX-1", "modified": "2024-03-01T10:00:00.5Z",
             "published": "2024-02-01T00:00:00Z", "aliases": ["CVE-2024-1", "CVE-2024-1", null],
             "related": ["EX-2"], "upstream": ["CVE-2024-3"], "summary": "Fold of the space",
             "details": "Long story.", "future_field": {"deep": [[{"er": 1}]]},
             "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
             "affected": [{"package": {"ecosystem": "PyPI", "name": "Star_Drive", "purl": "pkg:pypi/star-drive"},
               "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0"}],
                           "database_specific": {"x": 1}},
                          {"type": "GIT", "repo": "https://example.org/r", "events": [{"introduced": "0"}]},
                          {"type": "WARP", "events": [{"folded": "1"}]}],
               "versions": ["1.0", "1.1"], "ecosystem_specific": {"severity": "low"}}],
             "references": [{"type": "FIX", "url": "https://example.org/fix"}],
             "credits": [{"name": "A"}], "database_specific": {"severity": "HIGH", "cwe_ids": ["CWE-1"]}}
            """;

    @Test
    void every_field_that_matters_is_read_and_the_rest_ignored() {
        var advisory = Records.json(RECORD);

        assertThat(advisory.id()).isEqualTo("EX-1");
        assertThat(advisory.modified()).isEqualTo(Instant.parse("2024-03-01T10:00:00.5Z"));
        assertThat(advisory.aliases()).containsExactly("CVE-2024-1");
        assertThat(advisory.related()).containsExactly("EX-2", "CVE-2024-3");
        assertThat(advisory.statedSeverity()).isEqualTo("HIGH");
        assertThat(advisory.references()).containsExactly(new Reference("FIX", "https://example.org/fix"));
        var affected = advisory.affected().getFirst();
        assertThat(affected.packageName()).hasToString("PyPI/star-drive");
        assertThat(affected.versions()).containsExactly("1.0", "1.1");
        assertThat(affected.statedSeverity()).isEqualTo("low");
        assertThat(affected.ranges())
                .containsExactly(
                        new VersionRange(
                                VersionRange.Kind.ECOSYSTEM,
                                List.of(new RangeEvent.Introduced("0"), new RangeEvent.Fixed("2.0"))),
                        new VersionRange(VersionRange.Kind.GIT, List.of(new RangeEvent.Introduced("0"))),
                        new VersionRange(VersionRange.Kind.UNKNOWN, List.of()));
    }

    @Test
    void json_and_yaml_of_the_same_record_are_equal() {
        // JSON is a subset of YAML 1.2, so the same text must mean the same to both readers.
        assertThat(Records.yaml(RECORD)).isEqualTo(Records.json(RECORD));
    }

    @Test
    void yaml_in_block_style_is_read() {
        var advisory = Records.yaml("""
                id: EX-2
                modified: 2024-03-01T10:00:00Z
                withdrawn: 2024-04-01 00:00:00
                summary: ~
                details: |
                  First line.
                  Second line.
                affected:
                - package:
                    ecosystem: Go
                    name: example.org/m
                  ranges:
                  - type: SEMVER
                    events:
                    - introduced: "0"
                    - fixed: 1.10
                """);

        assertThat(advisory.status()).isEqualTo(new Advisory.Status.Withdrawn(Instant.parse("2024-04-01T00:00:00Z")));
        assertThat(advisory.headline()).isEqualTo("First line.");
        // A plain 1.10 is a number to YAML; a version must keep its trailing zero.
        assertThat(advisory.affected().getFirst().ranges().getFirst().events()).contains(new RangeEvent.Fixed("1.10"));
    }

    @Test
    void a_second_yaml_document_is_refused() {
        byte[] two = "id: A-1\n---\nid: A-2\n".getBytes(StandardCharsets.UTF_8);

        assertThat(AdvisoryReader.yaml("test.yaml", two))
                .isInstanceOfSatisfying(
                        AdvisoryReading.Malformed.class,
                        malformed -> assertThat(malformed.toString()).contains("a second document follows"));
    }

    @Test
    void yaml_aliases_are_followed() {
        var advisory = Records.yaml("""
                id: EX-3
                affected:
                - package: &p {ecosystem: npm, name: a}
                  versions: &v ["1", &last "2"]
                - package: *p
                  versions: *v
                - package: *p
                  versions: [*last]
                """);

        assertThat(advisory.affected())
                .extracting(Affected::versions)
                .containsExactly(List.of("1", "2"), List.of("1", "2"), List.of("2"));
    }

    @Test
    void yaml_that_unfolds_without_end_is_refused() {
        var laughs = new StringBuilder("id: EX-4\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i <= 9; i++) {
            String previous = "*a" + (i - 1);
            laughs.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(String.join(", ", java.util.Collections.nCopies(10, previous)))
                    .append("]\n");
        }

        assertThat(Records.malformedYaml(laughs.toString()).reason()).contains("more than");
    }

    @Test
    void a_yaml_alias_within_its_own_anchor_is_refused() {
        assertThat(Records.malformedYaml("id: EX-5\nx: &x [*x]\n").message())
                .isEqualTo("cannot read test.yaml at line 2: no value called 'x' ends before this alias");
    }

    @Test
    void a_malformed_record_names_file_place_and_reason() {
        assertThat(Records.malformedJson("{\"id\": \"EX-1\",\n \"aliases\": \"CVE-1\"}")
                        .message())
                .isEqualTo("cannot read test.json at line 2: 'aliases' must be a list");
        assertThat(Records.malformedJson("{\"id\": \"EX-1\",\n \"summary\" 1}").message())
                .startsWith("cannot read test.json at line 2: ")
                .contains("(column ");
        assertThat(Records.malformedYaml("id: EX-1\naffected:\n  - [").message())
                .startsWith("cannot read test.yaml at line ");
    }

    @Test
    void a_record_without_an_id_is_malformed() {
        assertThat(Records.malformedJson("{\"summary\": \"x\"}").reason()).contains("no 'id'");
        assertThat(Records.malformedJson("[]").reason()).contains("object");
        assertThat(Records.malformedJson("").reason()).contains("object");
        assertThat(Records.malformedJson("{\"id\": \"A\"} {}").reason()).contains("follows");
    }

    @Test
    void a_key_given_twice_is_malformed() {
        assertThat(Records.malformedJson("{\"id\": \"A\", \"id\": \"B\"}").reason())
                .contains("given twice");
        assertThat(Records.malformedYaml("id: A\nid: B\n").reason()).contains("given twice");
    }

    @Test
    void a_time_that_is_none_is_malformed() {
        assertThat(Records.malformedJson("{\"id\": \"A\", \"modified\": \"yesterday\"}")
                        .reason())
                .contains("modified");
    }

    @Test
    void an_escape_that_names_no_character_is_malformed() {
        assertThat(Records.malformedYaml("id: \"\\U8001F600\"\n").reason()).contains("names no character");
        assertThat(Records.malformedYaml("id: \"\\U00110000\"\n").reason()).isNotBlank();
    }

    @Test
    void the_depth_of_a_record_is_bounded() {
        var deep = "{\"id\": \"A\", \"x\": " + "[".repeat(300) + "]".repeat(300) + "}";

        assertThat(Records.malformedJson(deep).reason()).contains("nesting depth");
        assertThat(Records.malformedYaml(deep).reason()).contains("deep");
    }

    @Test
    void the_size_of_a_record_is_bounded() {
        assertThat(AdvisoryReader.json("big.json", new byte[AdvisoryReader.MAX_RECORD_BYTES + 1]))
                .isInstanceOf(AdvisoryReading.Malformed.class);
    }

    @Test
    void text_that_is_not_utf_8_is_malformed_yaml() {
        assertThat(AdvisoryReader.yaml("x.yaml", "id: ä".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(new AdvisoryReading.Malformed("x.yaml", "line 1", "the file is not valid UTF-8 at byte 4"));
    }

    @Test
    void entries_without_a_package_leave_their_repositories() {
        var advisory = Records.json("""
                {"id": "OSV-1", "affected": [
                  {"ranges": [{"type": "GIT", "repo": "https://example.org/r", "events": [{"introduced": "0"}]}]}]}
                """);

        assertThat(advisory.affected()).isEmpty();
        assertThat(advisory.repositories()).containsExactly("https://example.org/r");
    }

    @Test
    void rustsec_fields_tell_notices_and_malice() {
        var template = """
                {"id": "RUSTSEC-1", "affected": [{"package": {"ecosystem": "crates.io", "name": "a"},
                  "database_specific": {"categories": %s, "cvss": %s, "informational": %s}}]}
                """;

        assertThat(Records.json(template.formatted("[]", "null", "\"unmaintained\""))
                        .kind())
                .isEqualTo(Advisory.Kind.NOTICE);
        assertThat(Records.json(template.formatted("[\"malicious\"]", "null", "null"))
                        .kind())
                .isEqualTo(Advisory.Kind.MALICIOUS);
        var scored = Records.json(template.formatted("[]", "\"CVSS:3.1/AV:N\"", "null"));
        assertThat(scored.kind()).isEqualTo(Advisory.Kind.VULNERABILITY);
        assertThat(scored.affected().getFirst().severities()).hasSize(1);
    }
}
