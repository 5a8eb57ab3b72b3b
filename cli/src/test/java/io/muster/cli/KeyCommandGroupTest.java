package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.client.ClientConfig;
import io.muster.client.MusterClient;
import io.muster.client.RefusedException;
import io.muster.node.LoneNode;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `muster key` against a node: what it makes opens the door, and what it revokes opens none.
@Timeout(120)
final class KeyCommandGroupTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private LoneNode node;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        node = LoneNode.startVoter(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void a_new_key_is_in_its_owner_s_file_alone_and_opens_until_it_is_revoked() throws Exception {
        Path file = folder.resolve("ada.key");

        assertThat(key("create", "--role", "viewer", "--name", "ada", "--out", file.toString()))
                .as(err.toString())
                .isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String id = out.toString().split(" ", 2)[0];
        try (var transport = new HttpConnections()) {
            var config = new ClientConfig(List.of(node.address()), Duration.ofSeconds(30));
            var ada = new MusterClient(config, ApiKey.read(file), transport);
            assertThat(ada.cluster().leader()).isEqualTo("node-1");

            assertThat(key("revoke", id)).isZero();

            assertThatThrownBy(ada::cluster).isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void a_worker_s_key_is_listed_with_its_worker_and_without_its_secret() throws Exception {
        Path file = folder.resolve("w1.key");
        key("create", "--role", "worker", "--worker", "w1", "--out", file.toString());
        String id = out.toString().split(" ", 2)[0];

        assertThat(key("list")).isZero();

        assertThat(out.toString())
                .containsPattern(id + " +w1 +worker +w1 +usable")
                .contains("admin");
        assertThat(out.toString()).doesNotContain(Files.readString(file).strip());
    }

    @Test
    void a_file_that_is_there_is_kept() throws Exception {
        Path file = Files.writeString(folder.resolve("ada.key"), "another key\n");
        int before = node.client.keys().items().size();

        assertThat(key("create", "--role", "viewer", "--out", file.toString())).isEqualTo(2);

        assertThat(err.toString()).contains(file + " is there already");
        assertThat(file).hasContent("another key\n");
        assertThat(node.client.keys().items()).hasSize(before);
    }

    @Test
    void a_key_that_is_refused_leaves_no_file_behind() {
        Path file = folder.resolve("ada.key");

        assertThat(key("create", "--role", "king", "--out", file.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("role 'king' is not known");
        assertThat(file).doesNotExist();
    }

    /// Runs `muster key` with the admin's key. The options of the server stand before the verb.
    private int key(String... arguments) {
        var line = Muster.commandLine();
        // Buffered as standard output is: what a command does not flush is lost at the end of the process.
        line.setOut(new PrintWriter(new BufferedWriter(out), true)).setErr(new PrintWriter(err, true));
        var all = new ArrayList<String>();
        all.addAll(List.of("key", "--server", node.address()));
        all.addAll(List.of("--key-file", folder.resolve("data/admin.key").toString()));
        all.addAll(List.of(arguments));
        return line.execute(all.toArray(String[]::new));
    }
}
