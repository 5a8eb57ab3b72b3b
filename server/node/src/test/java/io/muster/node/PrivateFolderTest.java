package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who else on the machine can read what a node keeps: nobody.
@Timeout(120)
final class PrivateFolderTest {
    @TempDir
    Path home;

    @Test
    void everything_a_node_keeps_is_its_owners_alone() throws Exception {
        try (var node = LoneNode.start(home)) {
            assertThat(node.post("/v1/jobs", "{\"type\":\"noop\"}").statusCode())
                    .isEqualTo(201);

            assertThat(mode(home.resolve("data"))).isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(home.resolve("data"))) {
                assertThat(files)
                        .extracting(file -> file.getFileName() + " " + mode(file))
                        .contains("raft.db rw-------", "raft.witness rw-------", "history.db rw-------")
                        .contains("objects rwx------")
                        .allMatch(line -> line.endsWith("------"));
            }
        }
    }

    @Test
    void a_folder_of_ours_that_others_could_read_is_narrowed() throws IOException {
        Path file = Files.writeString(home.resolve("raft.db"), "");
        widen(home, "rwxr-xr-x");
        widen(file, "rw-r--r--");

        PrivateFolder.make(home, "raft.db");

        assertThat(mode(home)).isEqualTo("rwx------");
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void a_folder_with_other_things_in_it_is_left_as_it_is() throws IOException {
        Files.writeString(home.resolve("letter.txt"), "dear");
        widen(home, "rwxr-xr-x");

        PrivateFolder.make(home, "raft.db");

        assertThat(mode(home)).isEqualTo("rwxr-xr-x");
    }

    private static void widen(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
