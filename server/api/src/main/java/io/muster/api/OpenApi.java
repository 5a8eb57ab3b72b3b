package io.muster.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The description of everything that a node answers, in OpenAPI 3.1: a file for each kind of resource, joined at the
/// start. What several of them refer to stands in the shell's.
final class OpenApi {
    private static final List<String> FILES = List.of(
            "/io/muster/http/openapi.json",
            "/io/muster/api/openapi/jobs.json",
            "/io/muster/api/openapi/audits.json",
            "/io/muster/api/openapi/cluster.json",
            "/io/muster/api/openapi/objects.json",
            "/io/muster/api/openapi/diagnosis.json",
            "/io/muster/api/openapi/members.json",
            "/io/muster/api/openapi/keys.json",
            "/io/muster/dispatch/openapi.json",
            "/io/muster/compat/openapi.json",
            "/io/muster/api/openapi/node.json");

    private OpenApi() {}

    /// The whole document as JSON.
    ///
    /// @throws IllegalStateException if two files say something else of the same thing
    static byte[] document() {
        var mapper = JsonMapper.shared();
        var document = mapper.createObjectNode();
        for (String file : FILES) {
            join(document, read(mapper, file), file);
        }
        return mapper.writeValueAsBytes(document);
    }

    private static JsonNode read(JsonMapper mapper, String file) {
        try (InputStream in = OpenApi.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the file " + file + " is missing in this build");
            }
            return mapper.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the file " + file + " of this build", e);
        }
    }

    /// Objects are joined name by name and lists one behind the other; anything else is said once.
    private static void join(ObjectNode whole, JsonNode part, String file) {
        part.forEachEntry((name, value) -> {
            JsonNode known = whole.get(name);
            if (known == null) {
                whole.set(name, value);
            } else if (known instanceof ObjectNode object && value.isObject()) {
                join(object, value, file);
            } else if (known instanceof ArrayNode list && value instanceof ArrayNode more) {
                list.addAll(more);
            } else {
                throw new IllegalStateException(file + " describes '" + name + "' once more");
            }
        });
    }
}
