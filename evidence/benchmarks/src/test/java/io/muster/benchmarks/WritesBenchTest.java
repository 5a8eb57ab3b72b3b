package io.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The benchmark runs; what it measures is not asserted.
final class WritesBenchTest {
    @TempDir
    Path folder;

    @Test
    void a_short_run_prints_a_row_for_each_load() throws Exception {
        var options = WritesOptions.parse(
                List.of("--in-flight", "1,8", "--warmup", "0", "--seconds", "1", "--heap", "128m"), folder);
        var text = new ByteArrayOutputStream();

        WritesBench.run(options, new PrintStream(text, true, StandardCharsets.UTF_8));

        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains("fsync on")
                .contains("one sync of 4096 bytes takes")
                .containsPattern("(?m)^ +1 \\| +[1-9]")
                .containsPattern("(?m)^ +8 \\| +[1-9]")
                .contains("muster-raft")
                .doesNotContain("refused");
    }

    @Test
    void an_option_that_is_not_known_is_refused_with_those_that_are() {
        assertThatThrownBy(() -> WritesOptions.parse(List.of("--inflight", "1"), folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'--inflight' is not known")
                .hasMessageContaining("--in-flight");
    }

    @Test
    void an_option_without_its_value_is_refused() {
        assertThatThrownBy(() -> WritesOptions.parse(List.of("--seconds"), folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--seconds needs a value");
    }
}
