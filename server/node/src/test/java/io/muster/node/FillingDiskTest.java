package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.WorkerDocument;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole node on a disk that fills up and is cleared again.
@Timeout(120)
final class FillingDiskTest {
    private static final String NOOP = "{\"type\":\"noop\"}";

    @TempDir
    Path folder;

    @Test
    void a_node_short_of_disk_takes_nothing_new_offers_no_slots_and_recovers_by_itself() throws Exception {
        try (var node = LoneNode.start(folder)) {
            assertThat(node.post("/v1/jobs", NOOP).statusCode()).isEqualTo(201);

            node.freeBytes.set(1 << 20);
            awaitReadiness(node, 503);
            awaitSlots(node, 0);

            assertThat(node.get("/readyz").body()).contains("1 MiB left").contains("minFreeMebibytes");
            assertThat(node.post("/v1/jobs", NOOP).statusCode()).isEqualTo(507);

            node.freeBytes.set(1L << 40);
            awaitReadiness(node, 200);
            awaitSlots(node, NodeConfig.Work.DEFAULT_SLOTS);

            assertThat(node.post("/v1/jobs", NOOP).statusCode()).isEqualTo(201);
        }
    }

    private static void awaitReadiness(LoneNode node, int status) throws Exception {
        while (node.get("/readyz").statusCode() != status) {
            Pause.shortly();
        }
    }

    private static void awaitSlots(LoneNode node, int slots) throws Exception {
        while (node.client.cluster().workers().stream()
                .mapToInt(WorkerDocument::slots)
                .noneMatch(offered -> offered == slots)) {
            Pause.shortly();
        }
    }
}
