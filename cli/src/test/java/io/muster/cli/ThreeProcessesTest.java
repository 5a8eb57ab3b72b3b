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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three real processes on loopback, real disks, real kills.
final class ThreeProcessesTest {
    @TempDir
    Path folder;

    @Test
    void every_accepted_job_finishes_once_though_the_leader_is_killed_in_the_middle() throws Exception {
        var plan = new LocalCluster.Plan("kill", 3, 7501, 4, "");
        try (var cluster = LocalCluster.start(folder, plan);
                var transport = new HttpConnections()) {
            var client = client(cluster, transport);
            List<String> accepted = new ArrayList<>(submit(client));

            var leader = new NodeId(String.valueOf(client.cluster().leader()));
            cluster.kill(leader);
            accepted.addAll(submit(client));

            for (String id : accepted) {
                var job = client.job(id);
                while (job.state() != JobStatus.SUCCEEDED) {
                    assertThat(job.state()).isNotIn(JobStatus.DEAD, JobStatus.CANCELLED);
                    Pause.shortly();
                    job = client.job(id);
                }
            }
            assertThat(accepted).doesNotHaveDuplicates();
            assertThat(client.cluster().counts()).containsEntry(JobStatus.SUCCEEDED, (long) accepted.size());
            assertThat(client.cluster().leader()).isNotEqualTo(leader.value());
        }
    }

    private static List<String> submit(MusterClient client) throws InterruptedException {
        var jobs = new ArrayList<SubmitJob>();
        for (int i = 0; i < 40; i++) {
            jobs.add(SubmitJob.of("sleep", Bytes.utf8("{\"millis\":50}")));
        }
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
        var client = new MusterClient(
                new ClientConfig(addresses, Duration.ofSeconds(60)), ApiKey.read(cluster.adminKey()), transport);
        while (client.cluster().workers().size() < 3) {
            Pause.shortly();
        }
        return client;
    }
}
