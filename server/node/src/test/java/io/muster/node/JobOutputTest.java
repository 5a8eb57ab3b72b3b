package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.JobDocument;
import io.muster.client.JobStatus;
import io.muster.client.MusterClient;
import io.muster.client.SubmitJob;
import io.muster.encoding.Bytes;
import io.muster.objects.ObjectTimes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What jobs print, from the worker to whoever reads it at any node.
@Timeout(180)
final class JobOutputTest {
    private static final String LINE = "a line of output, long enough to fill the log soon\n";

    @TempDir
    private Path folder;

    private static JobDocument run(MusterClient client, String payload) throws InterruptedException {
        var submitted = client.submit(
                new SubmitJob("sleep", Bytes.utf8(payload), null, null, Map.of(), null, null, null, null, null));
        JobDocument job = client.awaitJob(Objects.requireNonNull(submitted.id()), 60);
        assertThat(job.state()).as("%s", job).isEqualTo(JobStatus.SUCCEEDED);
        return job;
    }

    private static String printing(int times) {
        return "{\"millis\":0,\"print\":\"" + LINE.replace("\n", "\\n") + "\",\"times\":" + times + "}";
    }

    private static String output(MusterClient client, String id) throws IOException, InterruptedException {
        var out = new ByteArrayOutputStream();
        client.output(id, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /// Whether no object has its name there yet.
    private static boolean isEmpty(Path folder) throws IOException {
        try (var shards = Files.list(folder)) {
            return shards.noneMatch(shard -> String.valueOf(shard.getFileName()).length() == 2);
        }
    }

    @Test
    void short_and_long_output_is_read_at_every_node_and_survives_one() throws Exception {
        try (var nodes = ThreeNodes.started(folder, ObjectTimes.USUAL, 2)) {
            JobDocument little = run(nodes.client(1, 2, 3), printing(3));
            JobDocument much = run(nodes.client(1, 2, 3), printing(200_000));

            for (int node = 1; node <= 3; node++) {
                assertThat(output(nodes.client(node), little.id())).isEqualTo(LINE.repeat(3));
                assertThat(output(nodes.client(node), much.id())).isEqualTo(LINE.repeat(200_000));
            }
            assertThat(much.output()).satisfies(kept -> {
                assertThat(kept.written()).isEqualTo(200_000L * LINE.length());
                assertThat(kept.kept()).isEqualTo(kept.written());
                assertThat(kept.missing()).isNull();
            });
            nodes.stop(1);
            assertThat(output(nodes.client(2), much.id())).hasSize(200_000 * LINE.length());
        }
    }

    @Test
    void an_output_that_finds_no_place_costs_no_result_and_says_why() throws Exception {
        try (var nodes = ThreeNodes.started(folder, ObjectTimes.USUAL, 2)) {
            for (int node = 1; node <= 3; node++) {
                Path incoming = nodes.incoming(node);
                Files.delete(incoming);
                Files.writeString(incoming, "no folder, so nothing can be received");
            }

            JobDocument job = run(nodes.client(1, 2, 3), printing(10_000));

            assertThat(job.output()).satisfies(kept -> {
                assertThat(kept.missing()).contains("refused to write");
                assertThat(kept.kept()).isEqualTo(64 << 10);
                assertThat(kept.written()).isEqualTo(10_000L * LINE.length());
            });
            String whole = LINE.repeat(10_000);
            assertThat(output(nodes.client(2), job.id())).isEqualTo(whole.substring(whole.length() - (64 << 10)));
        }
    }

    @Test
    void a_node_that_was_away_fetches_what_it_missed_by_itself() throws Exception {
        try (var nodes = ThreeNodes.started(folder, ObjectTimes.USUAL, 2)) {
            nodes.stop(3);
            JobDocument much = run(nodes.client(1, 2), printing(20_000));
            nodes.start(3);

            while (isEmpty(nodes.folder(3))) {
                Pause.shortly();
            }
            assertThat(output(nodes.client(3), much.id())).hasSize(20_000 * LINE.length());
        }
    }
}
