package io.muster.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The readers of OSV records, on inputs that Jazzer grows from these. Every build runs the inputs below; `make fuzz`
/// hunts for new ones.
class AdvisoryFuzzTest {

    private static final Matcher MATCHER = new Matcher(Provenance.ofDatabase("sha256:test"));

    static Stream<Arguments> json() {
        return inputs(
                HostileBytesTest.JSON,
                "{\"id\": \"EX-1\", \"affected\": [{}]}",
                "[1e999, \"\\ud800\"]",
                "\0\1\0\0\0\0",
                "");
    }

    static Stream<Arguments> yaml() {
        return inputs(HostileBytesTest.YAML, "id: &a [*a]", "id: \"\\U0001F600\"\naffected: - -", "--- !!set {? a}");
    }

    private static Stream<Arguments> inputs(String... texts) {
        return Stream.of(texts).map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("json")
    @FuzzTest(maxDuration = "2m")
    void any_json_is_a_record_that_can_be_asked_or_is_refused(byte[] bytes) {
        check(AdvisoryReader.json("fuzz.json", bytes));
    }

    @MethodSource("yaml")
    @FuzzTest(maxDuration = "2m")
    void any_yaml_is_a_record_that_can_be_asked_or_is_refused(byte[] bytes) {
        check(AdvisoryReader.yaml("fuzz.yaml", bytes));
    }

    private static void check(AdvisoryReading reading) {
        switch (reading) {
            case AdvisoryReading.Read(Advisory advisory) -> {
                var entries = MatcherEntry.of(advisory);
                for (MatcherEntry entry : entries) {
                    assertThat(MATCHER.match(entries, entry.packageName(), "1.0.0"))
                            .isNotNull();
                }
            }
            case AdvisoryReading.Malformed malformed ->
                assertThat(malformed.message()).startsWith("cannot read fuzz");
        }
    }
}
