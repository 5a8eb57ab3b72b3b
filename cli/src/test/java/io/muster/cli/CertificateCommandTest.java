package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `muster init` and `muster cert`: certificates from a configuration.
final class CertificateCommandTest {
    @TempDir
    Path folder;

    private String config = "";

    @BeforeEach
    void configure() throws IOException {
        Path file = folder.resolve("muster.yaml");
        Files.writeString(file, """
                cluster:
                  name: shop
                  nodes:
                    - {id: node-1, node: "127.0.0.1:7101", api: "127.0.0.1:7102"}
                    - {id: node-2, node: "127.0.0.1:7103", api: "127.0.0.1:7104"}
                """);
        config = file.toString();
    }

    @Test
    void init_makes_an_authority_and_a_certificate_for_each_node() {
        var made = Typed.run("init", "--config", config);

        assertThat(made.code()).as(made.toString()).isZero();
        assertThat(made.out()).contains("ca.pem  whom to trust").contains("node-2.pem, node-2.key  for node-2 alone");
        assertThat(folder.resolve("tls")).isDirectoryContaining("glob:**/node-2.key");
        var shown = Typed.run("cert", "show", "--config", config);
        assertThat(shown.code()).isZero();
        assertThat(shown.out())
                .containsPattern("muster authority +20[^ ]+ +36[0-9]{2} ")
                .containsPattern("node-1 +20[^ ]+ +36[45] +CN=muster authority,O=shop +node-1.pem");
    }

    @Test
    void init_does_not_replace_what_is_there() {
        Typed.run("init", "--config", config);

        var again = Typed.run("init", "--config", config);

        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("holds an authority already").contains("muster cert renew");
    }

    @Test
    void renew_makes_the_named_certificate_anew_and_leaves_the_others() throws IOException {
        Typed.run("init", "--config", config);
        String first = Files.readString(folder.resolve("tls/node-1.pem"));
        String second = Files.readString(folder.resolve("tls/node-2.pem"));

        var renewed = Typed.run("cert", "renew", "node-2", "--days", "90", "--config", config);

        assertThat(renewed.code()).as(renewed.toString()).isZero();
        assertThat(renewed.out()).startsWith("node-2  valid until ");
        assertThat(folder.resolve("tls/node-1.pem")).hasContent(first);
        assertThat(Files.readString(folder.resolve("tls/node-2.pem"))).isNotEqualTo(second);
    }

    @Test
    void what_cannot_be_renewed_is_said_in_a_sentence() {
        var none = Typed.run("cert", "renew", "--config", config);
        Typed.run("init", "--config", config);
        var unknown = Typed.run("cert", "renew", "node-7", "--config", config);
        var endless = Typed.run("cert", "renew", "--days", "99999", "--config", config);

        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("there is no").contains("muster init makes the files");
        assertThat(unknown.err()).contains("the configuration has no node node-7");
        assertThat(endless.err()).contains("--days is 99999; it must lie between 1 and 3650");
    }
}
