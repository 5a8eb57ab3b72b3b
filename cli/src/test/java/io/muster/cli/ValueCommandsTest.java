package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.node.LoneNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `muster value` and `muster log` against a node.
@Timeout(120)
final class ValueCommandsTest {
    @TempDir
    Path folder;

    private LoneNode node;

    @BeforeEach
    void start() throws Exception {
        node = LoneNode.start(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void what_is_set_can_be_read_until_it_is_deleted() {
        assertThat(run("value", "set", "colour", "{\"r\": 10}").out()).contains("\"success\":true");
        assertThat(run("value", "set", "name", "plain text").code()).isZero();

        assertThat(run("value", "get", "colour").out().strip()).isEqualTo("{\"r\": 10}");
        assertThat(run("value", "get", "name").out().strip()).isEqualTo("\"plain text\"");
        assertThat(run("value", "list", "--prefix", "col").lines()).hasSize(2);

        run("value", "delete", "colour");
        assertThat(run("value", "get", "colour").code()).isEqualTo(ExitCode.NOT_FOUND.number());
    }

    @Test
    void the_log_shows_what_was_asked_in_order() {
        run("value", "set", "colour", "1");
        run("value", "delete", "colour");

        var shown = run("log", "--limit", "2");

        assertThat(shown.lines()).hasSize(3);
        assertThat(shown.lines().get(1)).contains("values.set").contains("colour = 1");
        assertThat(shown.lines().get(2)).contains("values.delete").contains("colour");
    }

    private Typed run(String... words) {
        return Typed.at(node, folder, words);
    }
}
