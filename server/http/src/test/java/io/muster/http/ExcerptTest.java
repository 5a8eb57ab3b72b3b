package io.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.wire.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExcerptTest {
    @Test
    void what_is_cut_can_still_be_told_as_json() {
        String shown = Excerpt.of("a".repeat(99) + "\uD83D\uDE00 and more");

        assertThat(shown).isEqualTo("a".repeat(99) + "…");
        assertThat(Json.write(Map.of("path", shown)).text()).contains("…");
    }
}
