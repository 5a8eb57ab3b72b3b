package io.muster.conformance;

import io.muster.conformance.FileResult.Counts;
import io.muster.conformance.FileResult.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the JSON of vector files: a file that is no JSON is one failed case, not the end of the run.
final class JsonFile {

    private static final JsonMapper JSON = new JsonMapper();

    private JsonFile() {}

    /// Runs what the file holds.
    @FunctionalInterface
    interface Cases {
        void run(JsonNode content, Counts counts) throws IOException;
    }

    static FileResult run(Path file, Cases cases) throws IOException {
        var counts = new Counts();
        try {
            cases.run(JSON.readTree(Files.readAllBytes(file)), counts);
        } catch (JacksonException malformed) {
            counts.fail(Weight.REQUIRED, "the file is no JSON: " + malformed.getOriginalMessage());
        }
        return counts.result();
    }

    /// The text of a node; `null`, a missing node and any other kind are the empty string.
    static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    /// The texts of an array, sorted and each once.
    static Set<String> texts(JsonNode array) {
        var texts = new TreeSet<String>();
        array.forEach(element -> texts.add(text(element)));
        return texts;
    }
}
