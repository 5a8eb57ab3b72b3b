package io.muster.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is said of a file that is no JSON: where it is broken, in words of ours.
final class JsonTreeTest {
    @Test
    void broken_json_is_told_by_its_place_in_words_of_our_own() {
        for (String text : List.of(
                "{\n  \"a\": }",
                "{\n  \"a\": tru}",
                "{\n  \"a\": 'b'}",
                "{\n  \"a\"",
                "{\n  \"a\": \"\u0001\"}",
                "{\n  \"a\": 01}",
                "{\n" + "\"a\":[".repeat(2_000),
                "{\n  \"a\": " + "9".repeat(100_000) + "}")) {
            assertThatThrownBy(() -> JsonTree.read(text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOfSatisfying(MalformedDocumentException.class, said -> {
                        assertThat(said.line()).isEqualTo(2);
                        assertThat(said.reason())
                                .matches("this is not JSON: [a-zA-Z0-9 ,]+ \\(column \\d+\\)")
                                .doesNotContainPattern("(?i)token|stream|jackson|feature|maximum|source");
                    });
        }
    }
}
