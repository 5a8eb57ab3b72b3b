package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Tether;
import io.muster.node.LoneNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an operator's slip must not do: `muster backup` and `muster advisories publish` against a node.
@Timeout(120)
final class AdminCommandsTest {
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
    void a_backup_replaces_no_pipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder(Tether.of("mkfifo", pipe.toString()))
                        .start()
                        .waitFor())
                .isZero();

        var refused = run("backup", "--overwrite", pipe.toString());

        assertThat(refused.code()).as(refused.toString()).isEqualTo(ExitCode.USAGE.number());
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @Test
    void a_backup_into_a_folder_names_what_is_wrong() {
        assertThat(run("backup", folder.toString()).toString()).contains("is a folder, a pipe or a device");
    }

    @Test
    void an_empty_set_of_advisories_is_not_published() throws Exception {
        Path none = Files.createDirectory(folder.resolve("none"));
        String database = folder.resolve("database").toString();
        run("advisories", "import", none.toString(), "--database", database);

        var refused = run("advisories", "publish", "--database", database);

        assertThat(refused.code()).as(refused.toString()).isNotZero();
        assertThat(run("advisories", "published").out()).doesNotContain("0 records");
    }

    private Typed run(String... words) {
        return Typed.at(node, folder, words);
    }
}
