package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Tether;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script in front of the command, with a JDK that only says which files its standard streams are.
final class MusterScriptTest {
    @TempDir
    Path home;

    @BeforeEach
    void lay_out() throws IOException {
        Files.copy(script(), home.resolve("muster"));
        Files.createDirectories(home.resolve("scripts"));
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("target/lib"));
        Files.createFile(home.resolve("target/lib/.built"));
        program("scripts/find-jdk", "echo " + home);
        String each = "for n in 0 1 2; do s=$(readlink /proc/$$/fd/$n); all=\"$all$s\\n\"; done";
        program("bin/java", each + "\nprintf \"$all\" >" + home.resolve("streams"));
    }

    @Test
    void a_closed_stream_is_no_file_that_happens_to_be_opened_next() throws Exception {
        assertThat(streams("0<&-").split("\n", -1)[0]).isEqualTo("/dev/null");
        assertThat(streams("1>&-").split("\n", -1)[1]).isEqualTo("/dev/null");
        assertThat(streams("2>&-").split("\n", -1)[2]).isEqualTo("/dev/null");
    }

    @Test
    void streams_that_are_open_stay_as_they_are() throws Exception {
        assertThat(streams("</dev/zero >/dev/full 2>/dev/zero")).isEqualTo("/dev/zero\n/dev/full\n/dev/zero\n");
    }

    private String streams(String redirection) throws Exception {
        var process = new ProcessBuilder(
                        Tether.of("sh", "-c", "sh " + home.resolve("muster") + " version " + redirection))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
        return Files.readString(home.resolve("streams"));
    }

    private void program(String name, String does) throws IOException {
        Path file = Files.writeString(home.resolve(name), "#!/bin/sh\n" + does + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /// In the folder of the whole, wherever the tests of this module run.
    private static Path script() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("muster"))) {
            folder = Objects.requireNonNull(folder.getParent(), "there is no muster above");
        }
        return folder.resolve("muster");
    }
}
