package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.ClientConfig;
import io.muster.client.JobStatus;
import io.muster.client.MusterClient;
import io.muster.client.SubmitJob;
import io.muster.client.SubmittedJob;
import io.muster.encoding.Bytes;
import io.muster.log.FreePorts;
import io.muster.log.NodeId;
import io.muster.node.NodeConfig;
import io.muster.node.Pause;
import io.muster.tls.ServerTrust;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three processes that speak TLS with each other and with everybody else, from `muster init` on.
@Timeout(480)
final class TlsProcessesTest {
    private static final LocalCluster.Plan PLAN = new LocalCluster.Plan("tls", 3, 25_101, 2, "");

    @TempDir
    Path folder;

    private Path config;

    @BeforeEach
    void layOut() throws IOException {
        config = folder.resolve(LocalCluster.FILE);
        var text = new StringBuilder("tls:\ncluster:\n  name: tls\n  nodes:\n");
        for (int i = 1; i <= 3; i++) {
            text.append("    - {id: node-%d, node: \"127.0.0.1:%d\", api: \"127.0.0.1:%d\"}%n"
                    .formatted(i, FreePorts.next(), FreePorts.next()));
        }
        Files.writeString(config, text + "node:\n  slots: 2\n  adminKeyFile: admin.key\n");
    }

    @Test
    void a_job_runs_and_a_renewed_certificate_is_used_while_the_cluster_goes_on() throws Exception {
        var made = Typed.run("init", "--config", config.toString());
        assertThat(made.code()).as(made.toString()).isZero();
        try (var cluster = LocalCluster.start(folder, PLAN);
                var transport = new HttpConnections(ServerTrust.in(folder.resolve("tls/ca.pem")))) {
            var client = client(cluster, transport);
            runOne(cluster, client);

            var renewed = Typed.run("cert", "renew", "--config", config.toString());
            assertThat(renewed.code()).as(renewed.toString()).isZero();
            // A node that starts anew dials and is dialled by the two that run: all three show their new certificates.
            cluster.kill(new NodeId("node-3"));
            cluster.start(new NodeId("node-3"));
            cluster.awaitStarted();
            awaitThree(cluster, client);
            runOne(cluster, client);

            for (NodeConfig.Member member : cluster.members()) {
                assertThat(shownBy(member)).as("what %s shows", member.id()).isEqualTo(file(member));
            }
            commandsNameTheAuthority(cluster);
        }
    }

    private Certificate shownBy(NodeConfig.Member member) throws IOException {
        var trust = ServerTrust.in(folder.resolve("tls/ca.pem"));
        try (var socket = (SSLSocket) trust.getSocketFactory()
                .createSocket(member.api().host(), member.api().port())) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private Certificate file(NodeConfig.Member member) throws IOException, CertificateException {
        try (var file = Files.newInputStream(folder.resolve("tls/" + member.id() + ".pem"))) {
            return CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }

    private void commandsNameTheAuthority(LocalCluster cluster) {
        String server = cluster.address(cluster.members().getFirst());
        String key = cluster.adminKey().toString();
        String authority = folder.resolve("tls/ca.pem").toString();

        var trusted = Typed.run("status", "--server", server, "--key-file", key, "--ca", authority);
        var untrusted = Typed.run("status", "--server", server, "--key-file", key, "--patience", "0");
        var plain =
                Typed.run("status", "--server", server.replace("https", "http"), "--key-file", key, "--patience", "0");

        assertThat(trusted.code()).as(trusted.toString()).isZero();
        assertThat(trusted.out()).contains("https://127.0.0.1:");
        assertThat(untrusted.code()).isEqualTo(69);
        assertThat(untrusted.err()).contains("name the cluster's ca.pem by --ca");
        assertThat(plain.code()).isEqualTo(69);
    }

    private static void runOne(LocalCluster cluster, MusterClient client) throws InterruptedException {
        String id = client.submitAll(List.of(SubmitJob.of("sleep", Bytes.utf8("{\"millis\":20}")))).jobs().stream()
                .map(SubmittedJob::id)
                .findFirst()
                .orElseThrow();
        while (client.job(id).state() != JobStatus.SUCCEEDED) {
            cluster.requireRunning();
            Pause.shortly();
        }
    }

    private static MusterClient client(LocalCluster cluster, HttpConnections transport)
            throws IOException, InterruptedException {
        while (!Files.exists(cluster.adminKey())) {
            cluster.requireRunning();
            Pause.shortly();
        }
        var addresses = cluster.members().stream().map(cluster::address).toList();
        var client = new MusterClient(
                new ClientConfig(addresses, Duration.ofSeconds(60)), ApiKey.read(cluster.adminKey()), transport);
        awaitThree(cluster, client);
        return client;
    }

    private static void awaitThree(LocalCluster cluster, MusterClient client) throws InterruptedException {
        while (client.cluster().workers().size() < 3) {
            cluster.requireRunning();
            Pause.shortly();
        }
    }
}
