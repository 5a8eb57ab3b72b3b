package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Tether;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each walk of `examples` keeps every promise that it shows, on real processes.
@Timeout(300)
final class ExamplesTest {
    private static final int FIRST_PORT = 28_401;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("walks")
    void the_walk_comes_to_its_end(Path walk) throws Exception {
        var builder = new ProcessBuilder(Tether.of("sh", walk.toString())).redirectErrorStream(true);
        builder.environment().put("MUSTER", muster().toString());
        builder.environment().put("PORT", Integer.toString(FIRST_PORT));
        builder.environment().put("TMPDIR", folder.toString());

        var process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("The walk is over: every promise was kept.").doesNotContain("NOT SO");
    }

    static Stream<Path> walks() throws Exception {
        try (var folders = Files.list(root().resolve("examples"))) {
            return folders.map(each -> each.resolve("run")).filter(Files::isExecutable).sorted().toList().stream();
        }
    }

    /// The launcher's part, over the classes of this test; its nodes end with the shell that started them.
    private Path muster() throws Exception {
        String tether = String.join(" ", Tether.of(""));
        String line = "exec " + tether + " " + Path.of(System.getProperty("java.home"), "bin", "java")
                + " -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED -cp '"
                + System.getProperty("java.class.path") + "' " + Muster.class.getName() + " \"$@\"";
        Path file = Files.writeString(folder.resolve("muster"), "#!/bin/sh\n" + line + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("muster"))) {
            folder = Objects.requireNonNull(folder.getParent(), "there is no muster above");
        }
        return folder;
    }
}
