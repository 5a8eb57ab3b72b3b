package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.ClientConfig;
import io.muster.client.JobStatus;
import io.muster.client.MusterClient;
import io.muster.client.SubmitJob;
import io.muster.client.SubmittedJob;
import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import io.muster.node.Pause;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `muster rebuild` on a cluster of three processes, one of which lost its folder.
@Timeout(480)
final class RebuildCommandTest {
    private static final NodeId LOST = new NodeId("node-2");

    @TempDir
    Path folder;

    @Test
    void a_lost_folder_is_rebuilt_from_the_others_and_every_accepted_job_is_there() throws Exception {
        var plan = new LocalCluster.Plan("rebuild", 3, 27501, 2, "");
        Path config = folder.resolve(LocalCluster.FILE);
        List<String> accepted;
        try (var cluster = LocalCluster.start(folder, plan);
                var transport = new HttpConnections()) {
            accepted = submit(client(cluster, transport));

            var refused = Typed.run("rebuild", "--config", config.toString(), "--id", LOST.value());
            assertThat(refused.code()).as(refused.toString()).isEqualTo(2);
        }
        delete(folder.resolve("data").resolve(LOST.value()));

        var rebuilt = Typed.run("rebuild", "--config", config.toString(), "--id", LOST.value());

        assertThat(rebuilt.code()).as(rebuilt.toString()).isZero();
        assertThat(rebuilt.out()).contains("node-2 was rebuilt in").contains("start all nodes now");
        try (var cluster = LocalCluster.start(folder, plan);
                var transport = new HttpConnections()) {
            var client = client(cluster, transport);
            for (String id : accepted) {
                while (client.job(id).state() != JobStatus.SUCCEEDED) {
                    cluster.requireRunning();
                    Pause.shortly();
                }
            }
            // Without one of the others it is the rebuilt node that makes the majority.
            cluster.kill(new NodeId("node-3"));
            assertThat(submit(client)).hasSize(accepted.size());
            assertThat(client.cluster().counts())
                    .hasEntrySatisfying(
                            JobStatus.SUCCEEDED, count -> assertThat(count).isGreaterThanOrEqualTo(accepted.size()));
        }
    }

    private static List<String> submit(MusterClient client) throws InterruptedException {
        var jobs = Collections.nCopies(20, SubmitJob.of("noop", Bytes.utf8("{}")));
        return client.submitAll(jobs).jobs().stream().map(SubmittedJob::id).toList();
    }

    private static MusterClient client(LocalCluster cluster, HttpConnections transport)
            throws IOException, InterruptedException {
        while (!Files.exists(cluster.adminKey())) {
            cluster.requireRunning();
            Pause.shortly();
        }
        var addresses = cluster.members().stream()
                .map(member -> "http://" + member.api())
                .toList();
        return new MusterClient(
                new ClientConfig(addresses, Duration.ofSeconds(60)), ApiKey.read(cluster.adminKey()), transport);
    }

    private static void delete(Path tree) throws IOException {
        try (var all = Files.walk(tree)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
