package io.muster.conformance;

import io.muster.conformance.FileResult.Counts;
import io.muster.conformance.FileResult.Weight;
import io.muster.versions.PackageUrl;
import io.muster.versions.PackageUrlAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Package URL cases in the format of purl-spec's `tests`: `parse` takes a text apart, `build` puts parts together,
/// `validate` (once `roundtrip`) does both. A case marked `required` (once `base`) that fails fails the run; others
/// are noted. The one earlier file, `test-suite-data.json`, is run too.
final class PurlVectors implements VectorSet {

    /// The one file that purl-spec published before it had one for each type.
    private static final String EARLIER_SUITE = "test-suite-data.json";

    private static final Set<String> REQUIRED = Set.of("required", "base");

    /// What Muster made of a case, as the file would write it, or why it refused.
    private sealed interface Answer {

        record Text(String text) implements Answer {}

        record Parts(PackageUrl purl) implements Answer {}

        record Refused(String reason) implements Answer {}
    }

    @Override
    public String kind() {
        return "purl";
    }

    @Override
    public boolean recognises(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith("-test.json") || name.equals(EARLIER_SUITE);
    }

    @Override
    public FileResult run(Path file) throws IOException {
        return JsonFile.run(file, (content, counts) -> {
            if (content.isArray()) {
                content.forEach(test -> runEarlier(test, counts));
            } else {
                content.path("tests").forEach(test -> run(test, counts));
            }
        });
    }

    /// One case of the earlier suite: a text, its canonical form and its parts; none of them is marked as required.
    private static void runEarlier(JsonNode test, Counts counts) {
        String text = JsonFile.text(test.path("purl"));
        boolean isAsExpected = switch (PackageUrl.parse(text)) {
            case PackageUrlAnswer.Malformed malformed -> test.path("is_invalid").asBoolean(false);
            case PackageUrlAnswer.Valid(PackageUrl purl) ->
                !test.path("is_invalid").asBoolean(false)
                        && purl.toString().equals(JsonFile.text(test.path("canonical_purl")))
                        && hasParts(purl, test);
        };
        counts.count(isAsExpected, Weight.RECOMMENDED, () -> JsonFile.text(test.path("description")) + ": " + text);
    }

    private static void run(JsonNode test, Counts counts) {
        var answer = switch (JsonFile.text(test.path("test_type"))) {
            case "parse" -> parsed(JsonFile.text(test.path("input")));
            case "build" -> built(test.path("input"));
            case "validate", "roundtrip" -> rewritten(JsonFile.text(test.path("input")));
            default -> null;
        };
        if (answer == null) {
            counts.skip();
            return;
        }
        var weight = REQUIRED.contains(JsonFile.text(test.path("test_group"))) ? Weight.REQUIRED : Weight.RECOMMENDED;
        counts.count(isExpected(answer, test), weight, () -> describe(test) + " but found " + describe(answer));
    }

    private static Answer parsed(String text) {
        return switch (PackageUrl.parse(text)) {
            case PackageUrlAnswer.Valid(PackageUrl purl) -> new Answer.Parts(purl);
            case PackageUrlAnswer.Malformed(String ignored, String reason) -> new Answer.Refused(reason);
        };
    }

    private static Answer rewritten(String text) {
        return switch (PackageUrl.parse(text)) {
            case PackageUrlAnswer.Valid(PackageUrl purl) -> new Answer.Text(purl.toString());
            case PackageUrlAnswer.Malformed(String ignored, String reason) -> new Answer.Refused(reason);
        };
    }

    private static Answer built(JsonNode parts) {
        try {
            return new Answer.Text(purl(parts).toString());
        } catch (IllegalArgumentException refused) {
            return new Answer.Refused(String.valueOf(refused.getMessage()));
        }
    }

    private static PackageUrl purl(JsonNode parts) {
        var qualifiers = new TreeMap<String, String>();
        parts.path("qualifiers")
                .properties()
                .forEach(entry -> qualifiers.put(entry.getKey(), JsonFile.text(entry.getValue())));
        return new PackageUrl(
                JsonFile.text(parts.path("type")),
                JsonFile.text(parts.path("namespace")),
                JsonFile.text(parts.path("name")),
                JsonFile.text(parts.path("version")),
                qualifiers,
                JsonFile.text(parts.path("subpath")));
    }

    private static boolean isExpected(Answer answer, JsonNode test) {
        boolean shouldFail = test.path("expected_failure").asBoolean(false);
        JsonNode expected = test.path("expected_output");
        return switch (answer) {
            case Answer.Refused refusal -> shouldFail;
            case Answer.Text(String text) -> !shouldFail && text.equals(JsonFile.text(expected));
            case Answer.Parts(PackageUrl purl) -> !shouldFail && expected.isObject() && hasParts(purl, expected);
        };
    }

    private static boolean hasParts(PackageUrl purl, JsonNode expected) {
        var qualifiers = new TreeMap<String, String>();
        expected.path("qualifiers")
                .properties()
                .forEach(entry -> qualifiers.put(entry.getKey(), JsonFile.text(entry.getValue())));
        return purl.type().equals(JsonFile.text(expected.path("type")))
                && purl.namespace().equals(JsonFile.text(expected.path("namespace")))
                && purl.name().equals(JsonFile.text(expected.path("name")))
                && purl.version().equals(JsonFile.text(expected.path("version")))
                && purl.qualifiers().equals(qualifiers)
                && purl.subpath().equals(JsonFile.text(expected.path("subpath")));
    }

    private static String describe(JsonNode test) {
        String expected = test.path("expected_failure").asBoolean(false)
                ? "a refusal"
                : test.path("expected_output").toString();
        return JsonFile.text(test.path("test_type")) + " " + test.path("input") + " should give " + expected;
    }

    private static String describe(Answer answer) {
        return switch (answer) {
            case Answer.Refused(String reason) -> "a refusal: " + reason;
            case Answer.Text(String text) -> text;
            case Answer.Parts(PackageUrl purl) -> purl.toString();
        };
    }
}
