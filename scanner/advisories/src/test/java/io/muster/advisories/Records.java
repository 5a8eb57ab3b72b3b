package io.muster.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Small records for tests, written in JSON as they would arrive.
final class Records {

    static final PackageName LODASH = new PackageName(Ecosystem.NPM, "lodash");

    private Records() {}

    /// A record about lodash of npm with one SEMVER range.
    static Advisory lodash(String id, String events) {
        return lodash(id, events, "");
    }

    /// The same with more fields at the top level, as JSON that begins with a comma.
    static Advisory lodash(String id, String events, String more) {
        return json("""
                {"id": "%s", "modified": "2024-01-01T00:00:00Z"%s, "affected": [
                  {"package": {"ecosystem": "npm", "name": "lodash"},
                   "ranges": [{"type": "SEMVER", "events": [%s]}]}]}
                """.formatted(id, more, events));
    }

    static Advisory json(String text) {
        var reading = AdvisoryReader.json("test.json", text.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(AdvisoryReading.Read.class);
        return ((AdvisoryReading.Read) reading).advisory();
    }

    static AdvisoryReading.Malformed malformedJson(String text) {
        var reading = AdvisoryReader.json("test.json", text.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(AdvisoryReading.Malformed.class);
        return (AdvisoryReading.Malformed) reading;
    }

    static Advisory yaml(String text) {
        var reading = AdvisoryReader.yaml("test.yaml", text.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(AdvisoryReading.Read.class);
        return ((AdvisoryReading.Read) reading).advisory();
    }

    static AdvisoryReading.Malformed malformedYaml(String text) {
        var reading = AdvisoryReader.yaml("test.yaml", text.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(AdvisoryReading.Malformed.class);
        return (AdvisoryReading.Malformed) reading;
    }

    static List<MatcherEntry> entries(Advisory... advisories) {
        return List.of(advisories).stream()
                .flatMap(advisory -> MatcherEntry.of(advisory).stream())
                .toList();
    }

    /// Matches against a database called `sha256:test`.
    static Matching match(PackageName name, String version, Advisory... advisories) {
        return new Matcher(Provenance.ofDatabase("sha256:test")).match(entries(advisories), name, version);
    }

    static List<Finding> findings(PackageName name, String version, Advisory... advisories) {
        return match(name, version, advisories).findings();
    }
}
