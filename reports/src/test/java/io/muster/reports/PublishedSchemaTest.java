package io.muster.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The formats that others defined, against what their definitions demand.
class PublishedSchemaTest {

    @Test
    void the_cyclonedx_report_is_valid_by_the_schema_of_version_1_6() throws IOException {
        var text = ReportFormat.CYCLONEDX.write(Reports.full());

        var violations =
                new JsonParser().validate(text.getBytes(StandardCharsets.UTF_8), org.cyclonedx.Version.VERSION_16);

        assertThat(violations).isEmpty();
    }

    @Test
    void sarif_has_what_its_schema_requires() {
        var fields = fieldsOf(ReportFormat.SARIF.write(Reports.full()));

        assertThat(fields.get("")).contains("version", "runs");
        assertThat(fields.get("runs")).contains("tool");
        assertThat(fields.get("driver")).contains("name");
        assertThat(fields.get("rules")).contains("id");
        assertThat(fields.get("invocations")).contains("executionSuccessful");
        assertThat(fields.get("toolExecutionNotifications")).contains("message");
        assertThat(fields.get("results")).contains("message", "ruleId", "ruleIndex", "locations");
        assertThat(fields.get("suppressions")).contains("kind");
    }

    @Test
    void openvex_has_what_its_schema_requires() {
        var fields = fieldsOf(ReportFormat.OPENVEX.write(Reports.full()));

        assertThat(fields.get("")).contains("@context", "@id", "author", "timestamp", "version", "statements");
        assertThat(fields.get("statements")).contains("vulnerability", "products", "status");
        assertThat(fields.get("vulnerability")).contains("name");
        // An affected product must come with an action; the other status must not promise one.
        assertThat(ReportFormat.OPENVEX.write(Reports.full())).containsOnlyOnce("action_statement");
    }

    @Test
    void spdx_has_what_its_schema_requires() {
        var fields = fieldsOf(ReportFormat.SPDX.write(Reports.full()));

        assertThat(fields.get(""))
                .contains("SPDXID", "creationInfo", "dataLicense", "name", "spdxVersion", "documentNamespace");
        assertThat(fields.get("creationInfo")).contains("created", "creators");
        assertThat(fields.get("packages")).contains("SPDXID", "downloadLocation", "name");
        assertThat(fields.get("externalRefs")).contains("referenceCategory", "referenceLocator", "referenceType");
        assertThat(fields.get("relationships")).contains("relatedSpdxElement", "relationshipType", "spdxElementId");
    }

    /// The field names that every object under one name has, and the document itself under the empty name.
    private static Map<String, Set<String>> fieldsOf(String json) {
        Map<String, Set<String>> fields = new HashMap<>();
        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            object(parser, "", fields);
        }
        return fields;
    }

    private static void object(tools.jackson.core.JsonParser parser, String name, Map<String, Set<String>> fields) {
        Set<String> own = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            own.add(field);
            value(parser, parser.nextToken(), field, fields);
        }
        fields.merge(name, own, (known, more) -> {
            known.retainAll(more);
            return known;
        });
    }

    private static void value(
            tools.jackson.core.JsonParser parser, JsonToken token, String name, Map<String, Set<String>> fields) {
        if (token == JsonToken.START_OBJECT) {
            object(parser, name, fields);
        }
        if (token == JsonToken.START_ARRAY) {
            for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                value(parser, next, name, fields);
            }
        }
    }
}
