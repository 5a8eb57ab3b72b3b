package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.ClientConfig;
import io.muster.client.InvitationRequest;
import io.muster.client.MusterClient;
import io.muster.encoding.Tether;
import io.muster.log.FreePorts;
import io.muster.node.Pause;
import io.muster.tls.CertificateFolder;
import io.muster.tls.ServerTrust;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node joins over TLS from another machine, as far as the kernel is concerned: its process has a network of its own.
/// Takes root and `ip` of iproute2, as every Debian has it.
@Timeout(300)
final class MemberTlsTest {
    private static final String SPACE = "muster-join";
    private static final String HERE = "10.22.22.1";
    private static final String THERE = "10.22.22.2";

    @TempDir
    Path folder;

    @BeforeEach
    void connectTwoMachines() throws Exception {
        removeNamespace();
        ip("netns", "add", SPACE);
        ip("link", "add", "mjoin0", "type", "veth", "peer", "name", "mjoin1", "netns", SPACE);
        ip("addr", "add", HERE + "/30", "dev", "mjoin0");
        ip("link", "set", "mjoin0", "up");
        ip("-n", SPACE, "addr", "add", THERE + "/30", "dev", "mjoin1");
        ip("-n", SPACE, "link", "set", "mjoin1", "up");
        ip("-n", SPACE, "link", "set", "lo", "up");
    }

    @AfterEach
    void removeNamespace() throws Exception {
        run(List.of("ip", "netns", "del", SPACE));
        run(List.of("ip", "link", "del", "mjoin0"));
    }

    @Test
    void a_node_joins_over_tls_from_another_network_and_its_key_never_leaves_it() throws Exception {
        int port = FreePorts.next();
        Path config = folder.resolve(LocalCluster.FILE);
        Files.writeString(config, """
                tls:
                cluster:
                  name: tls
                  nodes:
                    - {id: node-1, node: "%s:%d", api: "%s:%d"}
                node:
                  adminKeyFile: admin.key
                """.formatted(HERE, port, HERE, FreePorts.next()));
        assertThat(Typed.run("init", "--config", config.toString()).code()).isZero();
        Path authority = folder.resolve("tls/ca.key");
        Path elsewhere = folder.resolve("kept-by-the-operator.key");

        try (var cluster = LocalCluster.start(folder, new LocalCluster.Plan("tls", 1, port, 2, ""));
                var transport = new HttpConnections(ServerTrust.in(folder.resolve("tls/ca.pem")))) {
            MusterClient client = client(cluster, transport);
            Files.move(authority, elsewhere);
            String token =
                    client.invite(new InvitationRequest(null, null, null)).token();
            Path data = folder.resolve("guest");
            try (var guest = GuestNode.join(
                    List.of("ip", "netns", "exec", SPACE),
                    data,
                    token,
                    "--node-address",
                    THERE + ":7101",
                    "--api",
                    THERE + ":7102")) {
                assertThat(guest.exitCode()).isEqualTo(2);
                assertThat(guest.output())
                        .contains("no node signs a certificate for node-2")
                        .contains("ca.key");

                Files.move(elsewhere, authority);
                guest.startAgain();
                while (client.members().members().stream()
                        .noneMatch(member -> member.node().equals("node-2")
                                && member.role().equals("voter")
                                && member.connected())) {
                    assertThat(guest.isAlive()).as(guest.output()).isTrue();
                    Pause.shortly();
                }
                assertThat(new CertificateFolder(data.resolve("tls"))
                                .of("node-2")
                                .facts()
                                .name())
                        .isEqualTo("node-2");
                assertThat(data.resolve("tls/ca.key")).doesNotExist();
                assertThat(folder.resolve("tls/node-2.key")).doesNotExist();
            }
        }
    }

    private static MusterClient client(LocalCluster cluster, HttpConnections transport) throws Exception {
        while (!Files.exists(cluster.adminKey())) {
            cluster.requireRunning();
            Pause.shortly();
        }
        var addresses = cluster.members().stream().map(cluster::address).toList();
        var config = new ClientConfig(addresses, Duration.ofSeconds(60));
        var client = new MusterClient(config, ApiKey.read(cluster.adminKey()), transport);
        while (client.cluster().featureLevel() < 2) {
            Pause.shortly();
        }
        return client;
    }

    private static void ip(String... words) throws Exception {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        String said = run(command);
        assertThat(said).as("%s, which takes root and iproute2", command).isEmpty();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(Tether.of(command)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : "exit code " + process.exitValue() + ": " + said;
    }
}
