package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A date that is set forward ends nothing that is measured in time that passes.
final class LogTimeTest {
    private static final long YEAR = 365L * 86_400 * Cluster.SECOND;

    private final Cluster cluster = new Cluster();

    @Test
    void a_run_is_not_timed_out_when_the_date_is_set_forward() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop().withTimeoutMillis(60_000));

        cluster.setForward(YEAR);
        assertThat(cluster.isDueIn(0)).isFalse();
        cluster.pass(59 * Cluster.SECOND);

        assertThat(cluster.state(job)).isInstanceOf(JobState.Claimed.class);
        cluster.pass(JobLimits.DEADLINE_GRACE_MICROS + 2 * Cluster.SECOND);
        assertThat(cluster.state(job)).isInstanceOf(JobState.Scheduled.class);
    }

    @Test
    void a_run_is_timed_out_by_time_that_passed_though_the_date_crawls() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop().withTimeoutMillis(60_000));
        cluster.micros -= 33 * Cluster.SECOND;

        cluster.pass(66 * Cluster.SECOND);

        assertThat(cluster.ledger.find(job).orElseThrow().tries().lastError()).startsWith("timeout");
    }

    @Test
    void a_delay_ends_at_its_date() {
        JobId job = cluster.submit(Cluster.noop().withDelayMillis(60_000));

        cluster.setForward(60 * Cluster.SECOND);

        assertThat(cluster.state(job)).isInstanceOf(JobState.Queued.class);
    }

    @Test
    void an_idempotency_key_outlives_a_date_that_is_set_forward() {
        var submit = new JobCommand.Submit(List.of(Cluster.noop()));
        var origin = new CommandOrigin("ops", "key", Bytes.utf8("body"));
        JobReply first = cluster.apply(origin, submit);

        cluster.setForward(YEAR);

        assertThat(cluster.apply(origin, submit)).isEqualTo(first);
        cluster.pass(JobLimits.IDEMPOTENCY_LIFE_MICROS);
        assertThat(cluster.apply(origin, submit)).isNotEqualTo(first);
    }

    @Test
    void a_repeated_result_is_known_after_a_date_that_is_set_forward() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        cluster.succeed("node-1", job);

        cluster.setForward(YEAR);

        assertThat(cluster.report("node-1", job, 1, Cluster.success()))
                .isEqualTo(JobReply.ResultVerdict.COUNTED_BEFORE);
        cluster.pass(JobLimits.OUTCOME_LIFE_MICROS);
        assertThat(cluster.report("node-1", job, 1, Cluster.success())).isEqualTo(JobReply.ResultVerdict.TOO_LATE);
    }

    @Test
    void a_worker_stays_on_probation_when_the_date_is_set_forward() {
        var worker = Cluster.node("node-1");
        cluster.join("node-1", 2);
        for (int i = 0; i < JobLimits.PROBATION_AFTER; i++) {
            cluster.submit(Cluster.noop());
            cluster.apply(new JobCommand.LoseWorker(worker, 1, "silent"));
            cluster.join("node-1", 2);
        }
        assertThat(isOnProbation()).isTrue();

        cluster.setForward(YEAR);

        assertThat(isOnProbation()).isTrue();
        cluster.pass(JobLimits.PROBATION_WINDOW_MICROS);
        assertThat(isOnProbation()).isFalse();
    }

    @Test
    void a_takeover_is_remembered_when_the_date_is_set_forward() {
        var capacity = Capacity.of(1, Labels.NONE, List.of("noop"));
        cluster.join("node-1", 1, capacity);
        cluster.join("node-1", 2, capacity);

        cluster.setForward(YEAR);

        assertThat(cluster.ledger.isContested(Cluster.node("node-1"), 3)).isTrue();
        cluster.pass(JobLimits.TAKEOVER_WINDOW_MICROS);
        assertThat(cluster.ledger.isContested(Cluster.node("node-1"), 3)).isFalse();
    }

    @Test
    void the_time_that_a_run_took_is_time_that_passed() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        cluster.setForward(YEAR);

        cluster.succeed("node-1", job);

        assertThat(cluster.ledger.metrics().run().totalMicros()).isLessThan(Cluster.SECOND);
    }

    private boolean isOnProbation() {
        return cluster.ledger.indexes().workers.get(Cluster.node("node-1")).isOnProbation();
    }
}
