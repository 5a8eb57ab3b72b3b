package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.JobDocument;
import io.muster.client.JobStatus;
import io.muster.node.LoneNode;
import io.muster.node.Pause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `muster job` against a node: many jobs from a file, and many changed by a filter.
@Timeout(120)
final class JobCommandsTest {
    @TempDir
    Path folder;

    private LoneNode node;

    @BeforeEach
    void start() throws Exception {
        node = LoneNode.start(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void a_file_of_jobs_is_submitted_line_by_line_and_once_under_its_key() throws Exception {
        Path file = Files.writeString(folder.resolve("jobs.jsonl"), """
                {"type": "noop"}

                {"type": "sleep", "payload": {"millis": 5}, "queue": "nightly", "priority": 70}
                """);

        var first = job("submit", "--file", file.toString(), "--idempotency-key", "k-1");
        var again = job("submit", "--file", file.toString(), "--idempotency-key", "k-1");

        assertThat(first.code()).as(first.toString()).isZero();
        assertThat(first.lines()).hasSize(2).allMatch(id -> id.startsWith("job-"));
        assertThat(again.lines()).isEqualTo(first.lines());
        assertThat(node.client.job(first.lines().getLast()))
                .extracting(JobDocument::type, JobDocument::queue, JobDocument::priority)
                .containsExactly("sleep", "nightly", 70);
        assertThat(node.client.cluster().counts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void lines_that_are_refused_are_named_and_the_others_are_submitted() throws Exception {
        Path file = Files.writeString(folder.resolve("jobs.jsonl"), """
                {"type": "noop"}
                {"type": "noop", "queue": "no such queue!"}
                {"type": "noop", "priority": 700}
                {"type": "noop"}
                """);

        var submitted = job("submit", "--file", file.toString());

        assertThat(submitted.code()).as(submitted.toString()).isEqualTo(2);
        assertThat(submitted.lines()).hasSize(2).allMatch(id -> id.startsWith("job-"));
        assertThat(submitted.err()).contains("line 2: ").contains("line 3: ").contains("2 of 4 jobs submitted");
    }

    @Test
    void a_filter_cancels_only_the_jobs_it_means_and_a_dry_run_none() throws Exception {
        submit(3, "nobody-runs-this", "--queue", "nightly");
        submit(2, "nobody-runs-this", "--queue", "daily");

        var dry = job("cancel", "--queue", "nightly", "--dry-run");
        var real = job("cancel", "--queue", "nightly");

        assertThat(dry.out()).contains("3 jobs match, 0 changed").contains("dry run");
        assertThat(real.code()).as(real.toString()).isZero();
        assertThat(real.out()).contains("3 jobs match, 3 changed, 0 left alone");
        assertThat(node.client.cluster().counts())
                .containsEntry(JobStatus.CANCELLED, 3L)
                .containsEntry(JobStatus.QUEUED, 2L);
    }

    @Test
    void dead_jobs_are_retried_and_purged_by_filter() throws Exception {
        List<String> ids = submit(2, "sleep", "--payload", "{\"millis\": -1}", "--max-attempts", "1");
        awaitDead(ids, 1);

        var retried = job("retry", "--type", "sleep");
        awaitDead(ids, 2);
        var purged = job("purge", "--all");
        var nothing = job("purge", "--all");

        assertThat(retried.out()).contains("2 jobs match, 2 changed");
        assertThat(purged.out()).as(purged.toString()).contains("2 jobs match, 2 changed");
        assertThat(nothing.out()).contains("0 jobs match");
        assertThat(job("list", "--state", "dead").out()).doesNotContain(ids.getFirst());
    }

    private List<String> submit(int count, String... words) throws Exception {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var all = new ArrayList<>(List.of("submit"));
            all.addAll(List.of(words));
            var submitted = job(all.toArray(String[]::new));
            assertThat(submitted.code()).as(submitted.toString()).isZero();
            ids.add(submitted.out().strip());
        }
        return ids;
    }

    private void awaitDead(List<String> ids, int attempts) throws InterruptedException {
        for (String id : ids) {
            while (true) {
                var seen = node.client.job(id);
                if (seen.state() == JobStatus.DEAD && seen.attempt() == attempts) {
                    break;
                }
                Pause.shortly();
            }
        }
    }

    private Typed job(String... words) {
        var all = new ArrayList<>(List.of("job"));
        all.addAll(List.of(words));
        return Typed.at(node, folder, all.toArray(String[]::new));
    }
}
