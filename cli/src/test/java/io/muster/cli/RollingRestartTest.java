package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.CallWatch;
import io.muster.client.ClientConfig;
import io.muster.client.JobStatus;
import io.muster.client.MusterClient;
import io.muster.client.MusterException;
import io.muster.client.RefusedException;
import io.muster.client.SubmitJob;
import io.muster.client.SubmittedJob;
import io.muster.client.TransferRequest;
import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import io.muster.node.NodeConfig;
import io.muster.node.Pause;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import io.muster.wire.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three real processes under load: an operator restarts each in turn, and lets each lead in turn.
@Timeout(300)
final class RollingRestartTest {
    private static final int FIRST_PORT = 28_101;

    @TempDir
    Path folder;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Retries retries = new Retries();

    @Test
    void planned_restarts_and_hand_overs_fail_no_request() throws Exception {
        var plan = new LocalCluster.Plan("rolling", 3, FIRST_PORT, 4, "");
        try (var cluster = LocalCluster.start(folder, plan);
                var transport = new HttpConnections()) {
            var client = client(cluster, transport);
            var load = List.of(run(() -> submit(client)), run(() -> write(client)));

            var waiting = new ArrayList<>(
                    cluster.members().stream().map(NodeConfig.Member::id).toList());
            while (!waiting.isEmpty()) {
                restart(cluster, client, next(client, waiting));
            }
            for (NodeConfig.Member member : cluster.members()) {
                letLead(client, member.id());
            }
            isOver.set(true);
            for (Thread each : load) {
                each.join();
            }

            System.out.println("rolling restart: " + writes + " writes and " + accepted.size()
                    + " jobs accepted, failed " + failures.size() + ", tried again by the client " + retries.count);
            assertThat(failures).isEmpty();
            assertFinishedOnce(client);
        }
    }

    private void submit(MusterClient client) throws InterruptedException {
        var batch =
                List.of(SubmitJob.of("noop", Bytes.utf8("{}")), SubmitJob.of("sleep", Bytes.utf8("{\"millis\":20}")));
        for (SubmittedJob job : client.submitAll(batch).jobs()) {
            accepted.add(String.valueOf(job.id()));
        }
        Pause.shortly();
    }

    private void write(MusterClient client) throws InterruptedException {
        String command = "{\"command\":{\"operation\":\"SET\",\"key\":\"k\",\"value\":" + writes.get() + "}}";
        client.write("/api/command", Bytes.utf8(command));
        writes.incrementAndGet();
    }

    /// Something an operator's client does again and again, each time to its end.
    private interface Act {
        void once() throws InterruptedException;
    }

    private Thread run(Act act) {
        return Thread.ofVirtual().start(() -> {
            while (!isOver.get()) {
                try {
                    act.once();
                } catch (MusterException e) {
                    failures.add(String.valueOf(e.getMessage()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        });
    }

    /// The leader, where it waits for its turn, else any that does; it waits no more.
    private static NodeId next(MusterClient client, List<NodeId> waiting) throws InterruptedException {
        var leader = new NodeId(String.valueOf(client.cluster().leader()));
        return waiting.remove(leader) ? leader : waiting.removeFirst();
    }

    private void restart(LocalCluster cluster, MusterClient client, NodeId node) throws Exception {
        int before = accepted.size();
        assertThat(cluster.end(node)).as(output(cluster, node)).isZero();
        cluster.start(node);
        awaitWorking(cluster, client);
        awaitMoreThan(before);
    }

    private void awaitMoreThan(int before) throws InterruptedException {
        while (accepted.size() <= before) {
            Pause.shortly();
        }
    }

    private static void awaitWorking(LocalCluster cluster, MusterClient client) throws InterruptedException {
        cluster.awaitStarted();
        while (true) {
            var seen = client.cluster();
            boolean isWhole = seen.nodes().stream().allMatch(node -> node.connected() && node.applied() > 0);
            if (isWhole
                    && seen.workers().stream()
                                    .filter(worker -> worker.state().equals("joined"))
                                    .count()
                            == 3) {
                return;
            }
            Pause.shortly();
        }
    }

    private void assertFinishedOnce(MusterClient client) throws InterruptedException {
        assertThat(accepted).doesNotHaveDuplicates();
        for (String id : accepted) {
            var job = client.job(id);
            while (job.state() != JobStatus.SUCCEEDED) {
                assertThat(job.state()).isNotIn(JobStatus.DEAD, JobStatus.CANCELLED);
                Pause.shortly();
                job = client.job(id);
            }
        }
        assertThat(client.cluster().counts()).containsEntry(JobStatus.SUCCEEDED, (long) accepted.size());
    }

    /// Hands leadership over, and again where a busy machine missed the deadline: then nothing has changed.
    private static void letLead(MusterClient client, NodeId node) throws InterruptedException {
        while (true) {
            try {
                assertThat(client.transferLeadership(new TransferRequest(node.value()))
                                .leader())
                        .isEqualTo(node.value());
                return;
            } catch (RefusedException e) {
                Pause.shortly();
            }
        }
    }

    private static String output(LocalCluster cluster, NodeId node) throws IOException {
        return Files.readString(cluster.log(node));
    }

    private MusterClient client(LocalCluster cluster, HttpConnections transport) throws Exception {
        while (!Files.exists(cluster.adminKey())) {
            cluster.requireRunning();
            Pause.shortly();
        }
        var addresses = cluster.members().stream()
                .map(member -> "http://" + member.api())
                .toList();
        var config = new ClientConfig(addresses, Duration.ofSeconds(60));
        var client = new MusterClient(config, ApiKey.read(cluster.adminKey()), transport, retries);
        awaitWorking(cluster, client);
        return client;
    }

    /// Counts the tries after the first: what the client did so that its caller need not see a restart.
    private static final class Retries implements CallWatch {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void begins(String call) {
            // Every call begins.
        }

        @Override
        public void waits(Problem lastSaid) {
            count.incrementAndGet();
        }

        @Override
        public void ends() {
            // Every call ends.
        }
    }
}
