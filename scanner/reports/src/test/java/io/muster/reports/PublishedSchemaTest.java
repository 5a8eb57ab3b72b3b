package io.muster.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The formats that others defined, against what their definitions demand.
class PublishedSchemaTest {

    /// What a statement may hold; no library carries the schema of OpenVEX. [OpenVEX specification v0.2.0]
    private static final Set<String> OPENVEX_STATEMENT = Set.of(
            "@id",
            "version",
            "vulnerability",
            "timestamp",
            "last_updated",
            "products",
            "status",
            "supplier",
            "status_notes",
            "justification",
            "impact_statement",
            "action_statement",
            "action_statement_timestamp");

    @Test
    void the_cyclonedx_report_is_valid_by_the_schema_of_version_1_6() throws IOException {
        var text = ReportFormat.CYCLONEDX.write(Reports.full());

        var violations =
                new JsonParser().validate(text.getBytes(StandardCharsets.UTF_8), org.cyclonedx.Version.VERSION_16);

        assertThat(violations).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void sarif_is_valid_by_the_schema_of_version_2_1_0(Report report) throws IOException {
        assertThat(violations(
                        "/schema/sarif-schema-2.1.0.json", SpecificationVersion.DRAFT_7, ReportFormat.SARIF, report))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void spdx_is_valid_by_the_schema_of_version_2_3(Report report) throws IOException {
        assertThat(violations(
                        "/resources/spdx-schema-v2.3.json",
                        SpecificationVersion.DRAFT_2019_09,
                        ReportFormat.SPDX,
                        report))
                .isEmpty();
    }

    @Test
    void a_schema_finds_what_is_wrong() throws IOException {
        var broken = schema("/schema/sarif-schema-2.1.0.json", SpecificationVersion.DRAFT_7)
                .validate("{\"version\": \"2.1.0\", \"runs\": [{}]}", InputFormat.JSON);

        assertThat(broken).isNotEmpty();
    }

    static List<Report> reports() {
        return List.of(Reports.full(), Reports.clean());
    }

    private static List<Error> violations(String schema, SpecificationVersion draft, ReportFormat format, Report report)
            throws IOException {
        return schema(schema, draft).validate(format.write(report), InputFormat.JSON);
    }

    /// A schema as its publishers' own libraries carry it.
    private static Schema schema(String resource, SpecificationVersion draft) throws IOException {
        try (var stream = PublishedSchemaTest.class.getResourceAsStream(resource)) {
            assertThat(stream).as(resource).isNotNull();
            return SchemaRegistry.withDefaultDialect(draft).getSchema(stream);
        }
    }

    @Test
    void openvex_has_what_its_schema_requires() {
        var fields = fieldsOf(ReportFormat.OPENVEX.write(Reports.full()));

        assertThat(fields.get("")).contains("@context", "@id", "author", "timestamp", "version", "statements");
        assertThat(fields.get("statements")).contains("vulnerability", "products", "status");
        assertThat(fields.get("vulnerability")).contains("name");
        assertThat(OPENVEX_STATEMENT).containsAll(fields.get("statements"));
        assertThat(Set.of("@id", "identifiers", "hashes", "subcomponents")).containsAll(fields.get("products"));
        assertThat(Set.of("purl", "cpe22", "cpe23")).containsAll(fields.get("identifiers"));
        // An affected product must come with an action; the other status must not promise one.
        assertThat(ReportFormat.OPENVEX.write(Reports.full())).containsOnlyOnce("action_statement");
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
