package io.muster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.wire.WireLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What no server would accept is refused before a worker starts, and said so that it can be mended.
class WorkerRuntimeConfigTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "Worker", "a worker", "w_1", "-w", "w-", "w.1", "ä"})
    void a_name_that_no_server_accepts_is_refused(String name) {
        assertThatThrownBy(() -> config(name, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "' cannot name a worker: use 1 to 63 lower-case letters");
    }

    @Test
    void a_name_may_have_63_characters_at_most() {
        assertThat(config("w".repeat(63), Map.of()).worker()).hasSize(63);
        assertThatThrownBy(() -> config("w".repeat(64), Map.of())).hasMessageContaining("1 to 63");
    }

    @Test
    void a_label_may_fill_its_limit_of_bytes() {
        String longest = "é".repeat((WireLimits.MAX_LABEL_BYTES - "z=".length()) / 2);

        assertThat(config("w1", Map.of("z", longest)).labels()).containsEntry("z", longest);
        assertThatThrownBy(() -> config("w1", Map.of("z", longest + "é")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the label 'z' of worker w1 has 130 bytes with its value: use at most 128");
    }

    @Test
    void a_label_without_a_name_is_refused() {
        assertThatThrownBy(() -> config("w1", Map.of("", "eu")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the label '=eu' without a name");
    }

    @Test
    void more_labels_than_a_server_takes_are_refused() {
        assertThat(config("w1", labels(WireLimits.MAX_LABELS)).labels()).hasSize(WireLimits.MAX_LABELS);
        assertThatThrownBy(() -> config("w1", labels(WireLimits.MAX_LABELS + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 65 labels")
                .hasMessageContaining("at most 64");
    }

    private static Map<String, String> labels(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(number -> "l" + number, _ -> ""));
    }

    private static WorkerConfig config(String name, Map<String, String> labels) {
        return new WorkerConfig(
                name, 7, 1, labels, Set.of("noop"), Set.of(), List.of("http://127.0.0.1:1"), WorkerTimes.DEFAULT);
    }
}
