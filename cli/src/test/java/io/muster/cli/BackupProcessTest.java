package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.ClientConfig;
import io.muster.client.JobStatus;
import io.muster.client.MusterClient;
import io.muster.client.QueueRequest;
import io.muster.client.SubmitJob;
import io.muster.client.SubmittedJob;
import io.muster.encoding.Bytes;
import io.muster.node.Pause;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three processes under load are backed up and lost with all their folders; a new cluster begins from the backup.
@Timeout(480)
final class BackupProcessTest {
    private static final QueueRequest PAUSED = new QueueRequest(null, null, true);
    private static final QueueRequest SERVED = new QueueRequest(null, null, false);

    @TempDir
    Path scratch;

    private Path backup = Path.of("");
    private Path key = Path.of("");

    /// What was acknowledged before the backup.
    private record Promised(List<String> finished, List<String> waiting) {}

    @BeforeEach
    void nameFiles() {
        backup = scratch.resolve("nightly.muster");
        key = scratch.resolve("kept.key");
    }

    @Test
    void a_cluster_that_lost_every_folder_goes_on_from_its_backup() throws Exception {
        Promised promised = backUpUnderLoad();
        Files.move(scratch.resolve("old"), scratch.resolve("gone"));

        var inspected = Typed.run("snapshot", "inspect", backup.toString());
        assertThat(inspected.code()).as(inspected.toString()).isZero();
        Path fresh = Files.createDirectory(scratch.resolve("new"));
        Path config = fresh.resolve(LocalCluster.FILE);
        LocalCluster.layOut(config, new LocalCluster.Plan("shop", 1, 24121, 2, ""));
        var restored = Typed.run("restore", backup.toString(), "--config", config.toString(), "--id", "node-1");

        assertThat(restored.code()).as(restored.toString()).isZero();
        assertThat(restored.out()).contains("node-1 begins cluster").contains("start this node alone now");
        try (var cluster = LocalCluster.start(fresh, new LocalCluster.Plan("", 0, 0, 0, ""));
                var transport = new HttpConnections()) {
            var client = client(cluster, transport);
            assertThat(value(client)).contains("precious");
            for (String id : promised.finished()) {
                assertThat(client.job(id).state()).isEqualTo(JobStatus.SUCCEEDED);
            }
            client.configureQueue("later", SERVED);
            awaitFinished(cluster, client, promised.waiting());
        }
    }

    private Promised backUpUnderLoad() throws Exception {
        Path folder = Files.createDirectory(scratch.resolve("old"));
        try (var cluster = LocalCluster.start(folder, new LocalCluster.Plan("shop", 3, 24101, 2, ""));
                var transport = new HttpConnections()) {
            while (!Files.exists(cluster.adminKey())) {
                cluster.requireRunning();
                Pause.shortly();
            }
            Files.copy(cluster.adminKey(), key);
            var client = client(cluster, transport);
            List<String> finished = submit(client, "default", 40);
            awaitFinished(cluster, client, finished);
            client.configureQueue("later", PAUSED);
            List<String> waiting = submit(client, "later", 20);
            String set = "{\"command\":{\"operation\":\"SET\",\"key\":\"k\",\"value\":\"precious\"}}";
            client.write("/api/command", Bytes.utf8(set));
            var isOver = new AtomicBoolean();
            var load = CompletableFuture.runAsync(() -> load(client, isOver));
            for (var member : cluster.members()) {
                var taken = Typed.run(
                        "backup",
                        backup.toString(),
                        "--overwrite",
                        "--server",
                        cluster.address(member),
                        "--key-file",
                        key.toString());
                assertThat(taken.code()).as(taken.toString()).isZero();
            }
            isOver.set(true);
            load.join();
            assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            return new Promised(finished, waiting);
        }
    }

    private static void load(MusterClient client, AtomicBoolean isOver) {
        try {
            while (!isOver.get()) {
                submit(client, "default", 50);
            }
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private static List<String> submit(MusterClient client, String queue, int count) throws InterruptedException {
        var job = new SubmitJob("noop", Bytes.utf8("{}"), queue, null, Map.of(), null, null, null, null, null);
        var ids = new ArrayList<String>();
        for (SubmittedJob each :
                client.submitAll(Collections.nCopies(count, job)).jobs()) {
            ids.add(each.id());
        }
        return ids;
    }

    private static void awaitFinished(LocalCluster cluster, MusterClient client, List<String> ids)
            throws InterruptedException {
        for (String id : ids) {
            while (client.job(id).state() != JobStatus.SUCCEEDED) {
                cluster.requireRunning();
                Pause.shortly();
            }
        }
    }

    private static String value(MusterClient client) throws InterruptedException {
        return client.read("/api/logs").text();
    }

    private MusterClient client(LocalCluster cluster, HttpConnections transport) throws IOException {
        var addresses = cluster.members().stream().map(cluster::address).toList();
        return new MusterClient(new ClientConfig(addresses, Duration.ofSeconds(60)), ApiKey.read(key), transport);
    }
}
