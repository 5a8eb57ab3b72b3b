package io.muster.advisories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is said of an advisory that is no JSON: where it is broken, in words of ours.
final class JsonCursorTest {
    @Test
    void broken_json_is_told_by_line_and_column_and_in_no_words_of_the_parser() {
        for (String text : List.of(
                "{\n  \"a\": }",
                "{\n  \"a\": tru}",
                "{\n  \"a\"",
                "{\n  \"a\": 'b'}",
                "{\n" + "\"a\":[".repeat(2_000))) {
            var cursor = new JsonCursor(text.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> {
                        while (true) {
                            cursor.next();
                            cursor.text();
                        }
                    })
                    .isInstanceOfSatisfying(MalformedAdvisoryException.class, said -> {
                        assertThat(said.place()).matches("line 2, column \\d+");
                        assertThat(said.reason())
                                .matches("[a-zA-Z ,]+")
                                .doesNotContainPattern("(?i)token|stream|jackson");
                    });
        }
    }
}
