package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.ClientConfig;
import io.muster.client.DecisionDocument;
import io.muster.client.JobStatus;
import io.muster.client.MusterClient;
import io.muster.client.SubmitJob;
import io.muster.client.SubmittedJob;
import io.muster.encoding.Bytes;
import io.muster.node.Pause;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two of three processes are gone for good with their folders; the third goes on alone.
@Timeout(480)
final class RecoverProcessTest {
    private static final LocalCluster.Plan THREE = new LocalCluster.Plan("shop", 3, 24201, 2, "");
    private static final LocalCluster.Plan FOUND = new LocalCluster.Plan("", 0, 0, 0, "");

    @TempDir
    Path scratch;

    @Test
    void a_survivor_goes_on_with_what_it_held_and_with_another_id() throws Exception {
        Path old = Files.createDirectory(scratch.resolve("old"));
        List<String> finished = runAndStop(old);
        Path survivor = old.resolve("data/node-1");
        Path fresh = Files.createDirectory(scratch.resolve("new"));
        Path config = alone(fresh, survivor);

        var asked = Typed.run("recover", "--config", config.toString());
        assertThat(asked.code()).as(asked.toString()).isEqualTo(2);
        assertThat(asked.err())
                .contains("nothing is here of [node-2, node-3]")
                .contains("nothing was changed: --yes-i-accept-loss");

        var recovered = Typed.run("recover", "--config", config.toString(), "--yes-i-accept-loss");
        assertThat(recovered.code()).as(recovered.toString()).isZero();
        assertThat(recovered.out()).contains("node-1 begins cluster").contains("the others join it");

        try (var cluster = LocalCluster.start(fresh, FOUND);
                var transport = new HttpConnections()) {
            var client = client(cluster, old, transport);
            for (String id : finished) {
                assertThat(client.job(id).state()).isEqualTo(JobStatus.SUCCEEDED);
            }
            assertThat(submit(client).getFirst()).isGreaterThan(finished.getLast());
            assertThat(client.decisions(50, "").items())
                    .extracting(DecisionDocument::action)
                    .contains("cluster.recovered");
        }
    }

    @Test
    void what_must_not_be_recovered_is_refused_with_the_reason() throws Exception {
        Path old = Files.createDirectory(scratch.resolve("old"));
        runAndStop(old);
        String config = old.resolve(LocalCluster.FILE).toString();

        var majority = Typed.run(
                "recover",
                "--config",
                config,
                "--id",
                "node-1",
                "--survivor",
                "node-2=" + old.resolve("data/node-2"),
                "--yes-i-accept-loss");
        assertThat(majority.code()).as(majority.toString()).isEqualTo(2);
        assertThat(majority.err()).contains("they are a majority: start them, and nothing is lost");

        var nothing = Typed.run("recover", "--config", config, "--id", "node-1", "--survivor", "node-2=/nowhere");
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).contains("there is no folder /nowhere");
        assertThat(old.resolve("data/node-1/raft.db")).exists();
    }

    private static List<String> runAndStop(Path folder) throws Exception {
        try (var cluster = LocalCluster.start(folder, THREE);
                var transport = new HttpConnections()) {
            while (!Files.exists(cluster.adminKey())) {
                cluster.requireRunning();
                Pause.shortly();
            }
            var client = client(cluster, folder, transport);
            List<String> ids = submit(client);
            for (String id : ids) {
                while (client.job(id).state() != JobStatus.SUCCEEDED) {
                    cluster.requireRunning();
                    Pause.shortly();
                }
            }
            return ids;
        }
    }

    /// The configuration of a cluster of one in the folder `data`.
    private static Path alone(Path folder, Path data) throws IOException {
        Path config = folder.resolve(LocalCluster.FILE);
        LocalCluster.layOut(config, new LocalCluster.Plan("shop", 1, 24221, 2, ""));
        return Files.writeString(config, Files.readString(config) + "  data: '" + data + "'\n");
    }

    private static List<String> submit(MusterClient client) throws InterruptedException {
        var ids = new ArrayList<String>();
        for (SubmittedJob each : client.submitAll(Collections.nCopies(20, SubmitJob.of("noop", Bytes.utf8("{}"))))
                .jobs()) {
            ids.add(each.id());
        }
        return ids;
    }

    private static MusterClient client(LocalCluster cluster, Path keyFolder, HttpConnections transport)
            throws IOException {
        var addresses = cluster.members().stream().map(cluster::address).toList();
        return new MusterClient(
                new ClientConfig(addresses, Duration.ofSeconds(60)),
                ApiKey.read(keyFolder.resolve("admin.key")),
                transport);
    }
}
