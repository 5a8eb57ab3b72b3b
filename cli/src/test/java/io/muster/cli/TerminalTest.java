package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    @Test
    void states_are_coloured_on_a_terminal_alone() {
        assertThat(Terminal.isColoured(true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.isColoured(false, Map.of("TERM", "xterm"))).isFalse();
    }

    @Test
    void terminals_that_want_no_colour_get_none() {
        assertThat(Terminal.isColoured(true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Terminal.isColoured(true, Map.of("NO_COLOR", "")))
                .as("an empty NO_COLOR says nothing (no-color.org)")
                .isTrue();
        assertThat(Terminal.isColoured(true, Map.of("TERM", "dumb"))).isFalse();
    }

    @Test
    void a_cell_takes_the_colour_of_the_state_that_begins_it_and_columns_stay_aligned() {
        var table = new TextTable("JOB", "STATE", "TYPE");
        table.row("job-1", "dead", "noop");
        table.row("job-2", "unheard-of", "noop");

        assertThat(table.coloured().lines())
                .containsExactly(
                        "JOB    STATE       TYPE",
                        "job-1  " + RED + "dead" + PLAIN + "        noop",
                        "job-2  unheard-of  noop");
        assertThat(table.toString()).doesNotContain("\u001b");
    }
}
