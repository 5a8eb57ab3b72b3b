package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.InvariantViolation;
import org.junit.jupiter.api.Test;

final class CommandFailureTest {
    @Test
    void a_violated_invariant_is_a_fault_of_musters_own() {
        var told = CommandFailure.of(new InvariantViolation("two leaders in one term"));

        assertThat(told.exitCode()).isEqualTo(ExitCode.BROKEN);
        assertThat(told.sentence()).doesNotContain("two leaders in one term").contains("--debug");
    }

    @Test
    void a_state_that_java_refuses_is_a_fault_of_musters_own() {
        var told = CommandFailure.of(new IllegalStateException("stream has already been closed"));

        assertThat(told.exitCode()).isEqualTo(ExitCode.BROKEN);
    }

    @Test
    void what_a_command_cannot_do_ends_it_with_its_own_code() {
        var told = CommandFailure.of(new CannotDo(ExitCode.BAD, "no node is left"));

        assertThat(told).isEqualTo(new CommandFailure(ExitCode.BAD, "no node is left"));
    }
}
