package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole node whose log reaches its limit.
@Timeout(120)
final class FullLogTest {
    private static final long MIB = 1 << 20;

    /// With 256 MiB left nothing new is taken, so the log takes some MiB.
    private static final long TINY = 260 * MIB;

    private static final String LARGE = "{\"type\":\"noop\",\"payload\":\"" + "x".repeat(900_000) + "\"}";

    @TempDir
    Path folder;

    @Test
    void a_full_log_refuses_writes_goes_on_reading_and_takes_writes_once_enlarged() throws Exception {
        String first;
        try (var node = LoneNode.startWithLogOf(TINY, folder)) {
            var accepted = node.post("/v1/jobs", LARGE);
            assertThat(accepted.statusCode()).isEqualTo(201);
            first = accepted.headers().firstValue("Location").orElseThrow();

            var refused = fill(node);

            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(refused.body())
                    .contains("takes nothing new")
                    .contains("its limit being 260 MiB")
                    .contains("raise node.maxLogGibibytes on every node");
            assertThat(node.get(first).statusCode()).isEqualTo(200);
            assertThat(node.get("/readyz").body()).contains("node.maxLogGibibytes");
            assertThat(node.get("/metrics").body())
                    .contains("muster_raft_log_limit_bytes " + (double) TINY)
                    .containsPattern("muster_raft_log_bytes [1-9][0-9.E]{6}");
            assertThat(node.post(first + ":cancel", "").statusCode())
                    .as("what was accepted can be ended")
                    .isEqualTo(200);
        }
        try (var node = LoneNode.startWithLogOf(2 * TINY, folder)) {
            assertThat(node.get(first).body()).contains("cancelled");
            assertThat(node.post("/v1/jobs", LARGE).statusCode()).isEqualTo(201);
        }
    }

    /// Submits until one is refused.
    private static HttpResponse<String> fill(LoneNode node) throws Exception {
        while (true) {
            var answer = node.post("/v1/jobs", LARGE);
            if (answer.statusCode() != 201) {
                return answer;
            }
        }
    }
}
