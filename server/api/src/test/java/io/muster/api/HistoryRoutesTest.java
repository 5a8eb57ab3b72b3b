package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.SubmittedJob;
import io.muster.client.SubmittedJobs;
import io.muster.encoding.Bytes;
import io.muster.history.GapFiller;
import io.muster.http.Client;
import io.muster.http.HttpSecurity;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobId;
import io.muster.log.Asker;
import io.muster.log.Envelope;
import io.muster.wire.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// History and metrics of a node that has worked.
final class HistoryRoutesTest {
    @AutoClose
    private final Node node = Node.leading(1);

    @Test
    void a_node_that_was_away_fills_its_history_from_another() throws Exception {
        finish(600);
        try (var late = Node.started("node-2")) {
            late.cluster.with("node-1", node.address());
            late.cluster.asksWith(node.cluster.grant(Role.VIEWER, ""));
            try (var peers = new PeerBlocks(late.cluster, new HttpSecurity.PlainHttp());
                    var filler = new GapFiller(late.history, () -> 2, peers)) {
                assertThat(filler.fill()).isEqualTo(1);
            }

            assertThat(late.history.block(1)).isEqualTo(node.history.block(1)).isPresent();
        }
    }

    @Test
    void a_block_that_is_not_here_is_not_found() throws Exception {
        Client viewer = node.client(Role.VIEWER);

        assertThat(viewer.get("/v1/history/blocks/1").statusCode()).isEqualTo(404);
        assertThat(viewer.get("/v1/history/blocks/-1").statusCode()).isEqualTo(404);
        assertThat(viewer.get("/v1/history/blocks/first").statusCode()).isEqualTo(404);
    }

    @Test
    void metrics_tell_jobs_by_queue_and_state_and_where_the_log_stands() throws Exception {
        finish(3);
        node.client(Role.OPERATOR).post("/v1/jobs", "{\"type\":\"noop\",\"queue\":\"night\"}");

        String metrics = node.client(Role.VIEWER).get("/metrics").body();

        assertThat(metrics)
                .contains("muster_jobs{queue=\"night\",state=\"queued\"} 1.0")
                .contains("muster_jobs_finished_total{outcome=\"cancelled\"} 3.0")
                .contains("muster_fake_is_leader 1.0")
                .contains("muster_fake_term 1.0")
                .contains("muster_fake_applied_index")
                .contains("muster_worker_slots{state=\"free\"} 0.0")
                .contains("http_server_requests_seconds_count{method=\"POST\",path=\"/v1/jobs\",status=\"201\"} 1")
                .contains("muster_build_info");
    }

    /// Submits jobs and calls them all off.
    private void finish(int count) throws Exception {
        Client operator = node.client(Role.OPERATOR);
        String jobs =
                IntStream.range(0, count).mapToObj(_ -> "{\"type\":\"noop\"}").collect(Collectors.joining(","));
        var answer = operator.post("/v1/jobs:batch", "{\"jobs\":[" + jobs + "]}");
        List<JobId> ids = Json.read(Bytes.utf8(answer.body()), SubmittedJobs.class).jobs().stream()
                .map(SubmittedJob::id)
                .map(id -> JobId.parse(String.valueOf(id)))
                .toList();
        var cancel = new JobCommand.Cancel(ids);
        node.cluster
                .propose(Envelope.of(cancel, Asker.CLUSTER))
                .toCompletableFuture()
                .join();
    }
}
