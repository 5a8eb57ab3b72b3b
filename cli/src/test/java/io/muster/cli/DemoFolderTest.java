package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.node.ConfigException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoFolderTest {
    @TempDir
    Path home;

    @Test
    void a_folder_that_no_demonstration_made_is_left_as_it_was() throws IOException {
        Path letter = Files.writeString(home.resolve("letter.txt"), "dear");

        assertThatThrownBy(() -> DemoFolder.take(home))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(home.toString())
                .hasMessageContaining("--data");

        assertThat(home).isDirectoryContaining(file -> file.equals(letter));
        assertThat(home.resolve(DemoFolder.MARKER)).doesNotExist();
    }

    @Test
    void an_empty_folder_is_taken() {
        DemoFolder.take(home).close();

        assertThat(home.resolve(DemoFolder.MARKER)).exists();
    }

    @Test
    void a_new_folder_is_taken() {
        DemoFolder.take(home.resolve("new/demo")).close();

        assertThat(home.resolve("new/demo").resolve(DemoFolder.MARKER)).exists();
    }

    @Test
    void what_a_demonstration_left_is_emptied_by_the_next() throws IOException {
        Path left = leftover();

        DemoFolder.take(home).close();

        assertThat(left).doesNotExist();
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void the_folder_of_a_demonstration_that_runs_is_left_as_it_was() throws IOException {
        try (var running = DemoFolder.take(home)) {
            Path kept = Files.writeString(running.path().resolve("muster.yaml"), "cluster");

            assertThatThrownBy(() -> DemoFolder.take(home))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("runs in " + home);

            assertThat(kept).exists();
        }
    }

    @Test
    void a_folder_in_which_a_node_still_runs_is_left_as_it_was() throws IOException {
        Path left = leftover();
        Path lock = left.resolveSibling("raft.lock");
        try (var node = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            assertThat(node.tryLock()).isNotNull();

            assertThatThrownBy(() -> DemoFolder.take(home))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("runs in " + home);

            assertThat(left).exists();
        }
    }

    @Test
    void a_link_in_the_folder_is_not_followed(@TempDir Path elsewhere) throws IOException {
        Path letter = Files.writeString(elsewhere.resolve("letter.txt"), "dear");
        DemoFolder.take(home).close();
        Files.createSymbolicLink(home.resolve("link"), elsewhere);

        DemoFolder.take(home).close();

        assertThat(home.resolve("link")).doesNotExist();
        assertThat(letter).exists();
    }

    /// A node's log as an earlier demonstration left it.
    private Path leftover() throws IOException {
        DemoFolder.take(home).close();
        Path data = Files.createDirectories(home.resolve("data/node-1"));
        return Files.writeString(data.resolve("raft.db"), "log");
    }
}
