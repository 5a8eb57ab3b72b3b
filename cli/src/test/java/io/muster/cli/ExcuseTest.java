package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.InvariantViolation;
import org.junit.jupiter.api.Test;

final class ExcuseTest {
    @Test
    void a_violated_invariant_is_a_fault_of_musters_own() {
        var excuse = Excuse.of(new InvariantViolation("two leaders in one term"));

        assertThat(excuse.exitCode()).isEqualTo(ExitCode.BROKEN);
        assertThat(excuse.sentence()).doesNotContain("two leaders in one term").contains("--debug");
    }

    @Test
    void a_state_that_java_refuses_is_a_fault_of_musters_own() {
        var excuse = Excuse.of(new IllegalStateException("stream has already been closed"));

        assertThat(excuse.exitCode()).isEqualTo(ExitCode.BROKEN);
    }

    @Test
    void what_a_command_cannot_do_ends_it_with_its_own_code_and_sentence() {
        var excuse = Excuse.of(new CannotDo(ExitCode.BAD, "no node is left"));

        assertThat(excuse).isEqualTo(new Excuse(ExitCode.BAD, "no node is left"));
    }
}
