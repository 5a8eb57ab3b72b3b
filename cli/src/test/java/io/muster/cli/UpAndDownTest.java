package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Tether;
import io.muster.node.ConfigFile;
import io.muster.node.Pause;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `muster up` and `muster down` as processes of their own.
@Timeout(180)
final class UpAndDownTest {
    private static final int PORT = 27_601;

    @TempDir
    Path folder;

    private Path printed;
    private Process up;

    @BeforeEach
    void start() throws Exception {
        printed = folder.resolve("up.log");
        var command = Tether.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Muster.class.getName(),
                "up",
                "--nodes",
                "2",
                "--slots",
                "1",
                "--data",
                folder.resolve("data").toString(),
                "--port",
                Integer.toString(PORT));
        up = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(printed.toFile())
                .start();
        while (!Files.readString(printed).contains("muster down") && up.isAlive()) {
            Pause.shortly();
        }
    }

    @AfterEach
    void stop() {
        up.destroyForcibly();
    }

    @Test
    void up_takes_ports_from_the_one_it_is_told_and_down_ends_all_of_its_processes() throws Exception {
        List<ProcessHandle> nodes = up.descendants().toList();
        assertThat(up.isAlive()).as(Files.readString(printed)).isTrue();
        assertThat(nodes).hasSizeGreaterThanOrEqualTo(2);
        assertThat(ports()).hasSize(4).allMatch(port -> port >= PORT && port < PORT + 100);

        var down = Typed.run("down", "--data", folder.resolve("data").toString());

        assertThat(down.code()).as(down + Files.readString(printed)).isZero();
        assertThat(down.out()).contains("has ended");
        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(nodes).noneMatch(ProcessHandle::isAlive);
        assertThat(folder.resolve("data/muster.yaml")).as("its data stays").exists();
        assertThat(Typed.run("down", "--data", folder.resolve("data").toString())
                        .code())
                .as("and none runs there any more")
                .isEqualTo(3);
    }

    private List<Integer> ports() {
        return ConfigFile.read(folder.resolve("data/muster.yaml"), "node-1").members().stream()
                .flatMap(member -> List.of(member.node().port(), member.api().port()).stream())
                .toList();
    }
}
