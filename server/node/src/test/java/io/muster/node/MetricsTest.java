package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.JobStatus;
import io.muster.client.SubmitJob;
import io.muster.client.SubmittedJob;
import io.muster.encoding.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Scrapes a real node that has really worked.
@Timeout(120)
final class MetricsTest {
    private static final int JOBS = 20;

    @TempDir
    Path folder;

    @Test
    void a_scrape_tells_what_the_jobs_did() throws Exception {
        try (var node = LoneNode.start(folder)) {
            work(node);

            String scrape = node.get("/metrics").body();

            assertThat(scrape)
                    .contains("# TYPE muster_job_pickup_seconds histogram")
                    .contains("muster_job_pickup_seconds_count " + JOBS)
                    .contains("muster_job_run_seconds_count " + JOBS)
                    .contains("muster_job_run_seconds_bucket{le=\"300.0\"} " + JOBS)
                    .contains("muster_jobs_submitted_total " + (JOBS + 1) + ".0")
                    .contains("muster_jobs_finished_total{outcome=\"succeeded\"} " + JOBS + ".0")
                    .contains("muster_jobs_finished_total{outcome=\"dead\"} 0.0")
                    .contains("muster_job_retries_total{cause=\"failed\"} 0.0")
                    .contains("muster_results_fenced_total 0.0")
                    .contains("muster_leader_changes_total 1.0");
        }
    }

    @Test
    void every_metric_of_ours_is_documented_and_every_documented_one_is_shown() throws Exception {
        try (var node = LoneNode.start(folder)) {
            work(node);

            String scrape = node.get("/metrics").body();

            var documented = found("`(muster_[a-z_]+)", Files.readString(Path.of("..", "..", "docs", "metrics.md")));
            documented.remove("muster_");
            documented.remove("muster_raft_");
            assertThat(found("(?m)^# TYPE (muster_[a-z_]+)", scrape)).isEqualTo(documented);
        }
    }

    private static Set<String> found(String pattern, String text) {
        var names = new TreeSet<String>();
        Pattern.compile(pattern).matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    private static void work(LoneNode node) throws InterruptedException {
        var jobs = IntStream.range(0, JOBS)
                .mapToObj(_ -> SubmitJob.of("noop", Bytes.utf8("{}")))
                .toList();
        for (SubmittedJob job : node.client.submitAll(jobs).jobs()) {
            while (node.client.job(String.valueOf(job.id())).state() != JobStatus.SUCCEEDED) {
                Pause.shortly();
            }
        }
        var _ = node.client.submit(SubmitJob.of("nobody-runs-this", Bytes.utf8("{}")));
    }
}
