package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RetryTest {
    private final Cluster cluster = new Cluster();

    @Test
    void a_failed_job_waits_and_runs_again_as_the_next_attempt() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());

        cluster.fail("node-1", job);
        assertThat(cluster.state(job)).isInstanceOf(JobState.Scheduled.class);
        cluster.pass(Cluster.SECOND);

        assertThat(cluster.claim(job).attempt()).isEqualTo(2);
        assertThat(cluster.ledger.find(job).orElseThrow().tries()).isEqualTo(new JobView.Tries(2, 1, 0, "it broke"));
    }

    @Test
    void a_job_that_fails_as_often_as_it_may_is_dead_with_its_last_error() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());

        for (int attempt = 1; attempt <= 3; attempt++) {
            cluster.fail("node-1", job);
            cluster.pass(10 * Cluster.SECOND);
        }

        assertThat(cluster.state(job))
                .isEqualTo(new JobState.Dead(JobState.DeathReason.ATTEMPTS_EXHAUSTED, "it broke"));
    }

    @Test
    void a_failure_that_cannot_be_mended_by_trying_again_is_final_at_once() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());

        cluster.report("node-1", job, 1, new RunEnding.Failure("no such file", RunEnding.RetryAdvice.GIVE_UP));

        assertThat(cluster.state(job)).isEqualTo(new JobState.Dead(JobState.DeathReason.NOT_RETRYABLE, "no such file"));
    }

    @Test
    void waits_grow_up_to_their_limit_never_below_their_floor_and_the_same_on_every_node() {
        var policy = new RetryPolicy(20, 1_000, 2, 8_000, 700);
        var job = JobId.of(7, 0);

        for (int failures = 1; failures < 20; failures++) {
            long full = Math.min(8_000, 1_000L << (failures - 1)) * 1_000;
            long wait = policy.waitMicros(job, failures, failures);
            assertThat(wait).isBetween(Math.max(700_000, full / 2), full);
            assertThat(policy.waitMicros(job, failures, failures)).isEqualTo(wait);
        }
    }

    @Test
    void jobs_that_failed_together_come_back_apart() {
        Set<Long> waits = new HashSet<>();

        for (int ordinal = 0; ordinal < 100; ordinal++) {
            waits.add(RetryPolicy.DEFAULT.waitMicros(JobId.of(7, ordinal), 1, 1));
        }

        assertThat(waits).hasSizeGreaterThan(95);
    }

    @Test
    void a_policy_of_no_wait_queues_at_once() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop().withRetry(new RetryPolicy(2, 0, 1, 0, 0)));

        cluster.fail("node-1", job);

        assertThat(cluster.claim(job).attempt()).isEqualTo(2);
    }

    @Test
    void a_run_past_its_deadline_and_grace_counts_as_a_failure() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop().withTimeoutMillis(2_000));
        long expiry = 2 * Cluster.SECOND + JobLimits.DEADLINE_GRACE_MICROS;
        assertThat(cluster.claim(job).deadlineElapsedMicros()).isEqualTo(cluster.elapsedMicros + 2 * Cluster.SECOND);
        assertThat(cluster.isDueIn(expiry - 1)).isFalse();
        assertThat(cluster.isDueIn(expiry)).isTrue();

        cluster.pass(3 * Cluster.SECOND);
        assertThat(cluster.state(job)).isInstanceOf(JobState.Claimed.class);
        cluster.pass(5 * Cluster.SECOND);

        JobView.Tries tries = cluster.ledger.find(job).orElseThrow().tries();
        assertThat(cluster.state(job)).isInstanceOf(JobState.Scheduled.class);
        assertThat(tries.failures()).isEqualTo(1);
        assertThat(tries.lastError()).startsWith("timeout");
    }

    @Test
    void the_next_attempt_is_given_the_last_checkpoint() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        var checkpoint = new Checkpoint(job, 1, Bytes.utf8("{\"step\":3}"));
        cluster.apply(new JobCommand.ReportWork(Cluster.node("node-1"), 1, List.of(), List.of(checkpoint)));

        cluster.fail("node-1", job);
        cluster.pass(Cluster.SECOND);

        assertThat(cluster.claim(job).checkpoint()).isEqualTo(checkpoint.content());
    }

    @Test
    void checkpoints_weigh_as_payloads_do() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        long before = cluster.ledger.indexes().jobs.bytes();

        for (int size : new int[] {1_000, 400}) {
            var checkpoint = new Checkpoint(job, 1, Bytes.wrap(new byte[size]));
            cluster.apply(new JobCommand.ReportWork(Cluster.node("node-1"), 1, List.of(), List.of(checkpoint)));
            assertThat(cluster.ledger.indexes().jobs.bytes()).isEqualTo(before + size);
        }
    }

    @Test
    void checkpoints_go_with_their_job() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        var checkpoint = new Checkpoint(job, 1, Bytes.wrap(new byte[1_000]));
        cluster.apply(new JobCommand.ReportWork(Cluster.node("node-1"), 1, List.of(), List.of(checkpoint)));

        cluster.succeed("node-1", job);

        assertThat(cluster.ledger.indexes().jobs.bytes()).isZero();
    }

    @Test
    void a_dead_letter_retried_by_hand_keeps_its_age_and_starts_afresh() {
        cluster.join("node-1", 1);
        JobId first = cluster.submit(Cluster.noop().withRetry(RetryPolicy.NEVER));
        cluster.fail("node-1", first);
        JobId running = cluster.submit(Cluster.noop());
        JobId waiting = cluster.submit(Cluster.noop());

        assertThat(cluster.retry(first)).containsExactly(JobReply.ChangeResult.DONE);
        cluster.succeed("node-1", running);

        assertThat(cluster.claim(first).attempt()).isEqualTo(2);
        assertThat(cluster.ledger.find(first).orElseThrow().tries().failures()).isZero();
        assertThat(cluster.state(waiting)).isInstanceOf(JobState.Queued.class);
    }

    @Test
    void only_dead_jobs_are_retried_or_purged() {
        JobId queued = cluster.submit(Cluster.noop());
        JobId unknown = JobId.of(999, 0);

        assertThat(cluster.retry(queued, unknown))
                .containsExactly(JobReply.ChangeResult.WRONG_STATE, JobReply.ChangeResult.NOT_IN_LEDGER);
        assertThat(cluster.purge(queued, unknown))
                .containsExactly(JobReply.ChangeResult.WRONG_STATE, JobReply.ChangeResult.NOT_IN_LEDGER);
    }

    @Test
    void a_purged_dead_letter_leaves_the_ledger_and_stays_in_the_history() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop().withRetry(RetryPolicy.NEVER));
        cluster.fail("node-1", job);

        assertThat(cluster.purge(job)).containsExactly(JobReply.ChangeResult.DONE);

        assertThat(cluster.ledger.find(job)).isEmpty();
        assertThat(cluster.ledger.counts()).containsEntry(JobState.Kind.DEAD, 0L);
        assertThat(cluster.ledger.findInOpenBlock(job)).isPresent();
    }

    @Test
    void dead_letters_over_their_limit_stay_listed_without_payload_and_can_be_purged() {
        cluster.join("node-1", 1);
        JobId first = cluster.submit(Cluster.noop().withRetry(RetryPolicy.NEVER));
        cluster.fail("node-1", first);
        for (int i = 0; i < JobLimits.MAX_DEAD_LETTERS; i++) {
            cluster.fail("node-1", cluster.submit(Cluster.noop().withRetry(RetryPolicy.NEVER)));
        }

        JobSlice page = cluster.ledger.page(JobFilter.of(JobState.Kind.DEAD), new JobId(0), 1);
        assertThat(page.jobs()).extracting(JobView::id).containsExactly(first);
        assertThat(page.jobs().getFirst().spec().payload().size()).isZero();
        assertThat(cluster.ledger.counts()).containsEntry(JobState.Kind.DEAD, JobLimits.MAX_DEAD_LETTERS + 1L);
        assertThat(cluster.retry(first)).containsExactly(JobReply.ChangeResult.GIVEN_UP);
        assertThat(cluster.purge(first)).containsExactly(JobReply.ChangeResult.DONE);
        assertThat(cluster.ledger.find(first)).isEmpty();
    }

    @Test
    void an_impossible_policy_is_refused_with_its_limits() {
        assertThatThrownBy(() -> new RetryPolicy(0, 0, 1, 0, 0)).hasMessageContaining("use 1 to 1000");
        assertThatThrownBy(() -> new RetryPolicy(3, 100, 2, 50, 0)).hasMessageContaining("longest delay");
    }
}
