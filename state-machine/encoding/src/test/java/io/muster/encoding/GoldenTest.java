package io.muster.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GoldenTest {
    @Test
    void forms_that_are_as_they_were_pass_and_read_back() {
        assertThatCode(() -> Golden.check("forms.txt", Map.of("b", new byte[] {2}, "a", new byte[] {1, 17})))
                .doesNotThrowAnyException();

        assertThat(Golden.bytes("forms.txt", "a")).containsExactly(1, 17);
    }

    @Test
    void another_form_fails_and_is_left_to_be_looked_at() throws Exception {
        assertThatThrownBy(() -> Golden.check("forms.txt", Map.of("a", new byte[] {3})))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("target/golden");

        assertThat(Files.readString(Path.of("target", "golden", "forms.txt"))).isEqualTo("a 03\n");
    }

    @Test
    void a_new_format_without_its_file_fails() {
        assertThatThrownBy(() -> Golden.check("never-stored.hex", new byte[] {1}))
                .isInstanceOf(AssertionError.class);
    }
}
