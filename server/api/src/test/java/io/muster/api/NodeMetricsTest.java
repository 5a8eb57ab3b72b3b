package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.access.Role;
import io.muster.jobs.JobState;
import io.muster.jobs.QueueSettings;
import io.muster.jobs.QueueView;
import io.muster.log.Asker;
import io.muster.log.Envelope;
import io.muster.log.NodeId;
import io.muster.state.ClusterCommand;
import io.muster.state.ClusterState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NodeMetricsTest {
    @Test
    void made_up_methods_and_paths_are_one_series() throws Exception {
        try (Node node = Node.leading(1)) {
            for (int i = 0; i < 30; i++) {
                say(node, "ZZ" + i + " /livez");
                say(node, "ZZ" + i + " /zz" + i);
                say(node, "GET /zz" + i);
            }

            String scrape = node.client(Role.VIEWER).get("/metrics").body();

            assertThat(scrape.toLowerCase(Locale.ROOT)).doesNotContain("zz");
            assertThat(scrape.lines().filter(line -> line.contains("path=\"other\"")))
                    .hasSizeBetween(1, 12);
        }
    }

    @Test
    void a_clock_far_ahead_of_log_time_shows_in_metric_and_advice() throws Exception {
        try (Node node = Node.leading(1)) {
            var viewer = node.client(Role.VIEWER);
            assertThat(viewer.get("/v1/cluster").body()).doesNotContain("ahead of log time");

            node.cluster.setWallAhead(3_600_000);

            assertThat(viewer.get("/v1/cluster").body()).contains("is 3600.0 s ahead of log time");
            assertThat(viewer.get("/metrics").body().lines())
                    .anyMatch(line -> line.startsWith("muster_log_time_behind_seconds") && line.endsWith(" 3600.0"));
        }
    }

    @Test
    void states_that_differ_without_a_majority_show_in_metric_and_advice() throws Exception {
        try (Node node = Node.leading(1)) {
            var viewer = node.client(Role.VIEWER);
            assertThat(viewer.get("/v1/cluster").body()).doesNotContain("states of the nodes differ");
            assertThat(viewer.get("/metrics").body()).contains("muster_state_undecided 0");
            var told = new TreeMap<>(Map.of(new NodeId("node-1"), 1L, new NodeId("node-2"), 2L));
            var check = new ClusterCommand.CheckDigest(ClusterState.DIGEST_EVERY, 2, told);

            node.cluster
                    .propose(Envelope.of(check, Asker.CLUSTER))
                    .toCompletableFuture()
                    .get();

            assertThat(viewer.get("/v1/cluster").body())
                    .contains("the states of the nodes differ at entry 10000 and no majority of the 2 voters agrees");
            assertThat(viewer.get("/metrics").body()).contains("muster_state_undecided 1");
        }
    }

    @Test
    void queues_beyond_the_fullest_are_shown_as_one() {
        var registry = new SimpleMeterRegistry();
        var queues = IntStream.rangeClosed(1, 3 * QueueMetricsCollector.MAX_NAMED)
                .mapToObj(count -> queue("q" + count, count))
                .toList();

        new QueueMetricsCollector(registry).show(queues, 0);

        var names = registry.getMeters().stream()
                .map(meter -> meter.getId().getTag("queue"))
                .distinct()
                .toList();
        assertThat(names)
                .hasSize(QueueMetricsCollector.MAX_NAMED + 1)
                .contains(QueueMetricsCollector.OTHERS, "q" + 3 * QueueMetricsCollector.MAX_NAMED)
                .doesNotContain("q1");
        int rest = 2 * QueueMetricsCollector.MAX_NAMED;
        int queued = rest * (rest + 1) / 2;
        assertThat(registry.get("muster.jobs")
                        .tag("queue", QueueMetricsCollector.OTHERS)
                        .tag("state", "queued")
                        .gauge()
                        .value())
                .isEqualTo(queued);
    }

    private static QueueView queue(String name, long queued) {
        return new QueueView(
                name, QueueSettings.DEFAULT, Map.of(JobState.Kind.QUEUED, queued), new QueueView.Oldest.None());
    }

    private static void say(Node node, String request) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), node.address().getPort())) {
            String text = request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
    }
}
