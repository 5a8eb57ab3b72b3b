package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JobMetricsRecorderTest {
    private final Cluster cluster = new Cluster();

    @BeforeEach
    void worker() {
        cluster.join("node-1", 4);
    }

    @Test
    void a_job_counts_once_as_submitted_and_once_by_its_outcome() {
        cluster.succeed("node-1", cluster.submit(Cluster.noop()));
        cluster.fail("node-1", cluster.submit(Cluster.noop().withRetry(RetryPolicy.NEVER)));
        cluster.cancel(cluster.submit(Cluster.noop()));

        JobMetrics metrics = cluster.ledger.metrics();

        assertThat(metrics.submitted()).isEqualTo(3);
        assertThat(metrics.finished())
                .containsEntry(JobState.Kind.SUCCEEDED, 1L)
                .containsEntry(JobState.Kind.DEAD, 1L)
                .containsEntry(JobState.Kind.CANCELLED, 1L);
        assertThat(metrics.pickup().counts().getFirst()).as("claimed at once").isEqualTo(3);
        assertThat(metrics.run().counts().stream().mapToLong(Long::longValue).sum())
                .as("a cancelled run has no end")
                .isEqualTo(2);
    }

    @Test
    void a_run_that_must_be_repeated_counts_by_what_ended_it() {
        cluster.fail("node-1", cluster.submit(Cluster.noop()));
        cluster.submit(Cluster.noop());
        cluster.lose("node-1");

        assertThat(cluster.ledger.metrics().retries())
                .containsEntry(JobEvent.Cause.FAILED, 1L)
                .containsEntry(JobEvent.Cause.LOST, 1L)
                .containsEntry(JobEvent.Cause.TIMED_OUT, 0L);
    }
}
