package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LifecycleTest {
    private final Cluster cluster = new Cluster();

    @Test
    void a_job_is_submitted_and_claimed_in_the_same_entry() {
        cluster.join("node-1", 1);

        JobId job = cluster.submit(Cluster.noop());

        Claim claim = cluster.claim(job);
        assertThat(claim.worker()).isEqualTo(Cluster.node("node-1"));
        assertThat(claim.attempt()).isEqualTo(1);
        assertThat(claim.fence().index()).isEqualTo(cluster.index);
    }

    @Test
    void a_success_ends_the_job_and_stands_in_the_history() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());

        JobReply.ResultVerdict verdict = cluster.succeed("node-1", job);

        assertThat(verdict).isEqualTo(JobReply.ResultVerdict.COUNTED);
        assertThat(cluster.ledger.find(job)).isEmpty();
        assertThat(cluster.ledger.findInOpenBlock(job).orElseThrow().state())
                .isEqualTo(new JobState.Succeeded(Bytes.utf8("\"done\"")));
        assertThat(cluster.ledger.outcome(job).orElseThrow().outcome()).isEqualTo(JobState.Kind.SUCCEEDED);
    }

    @Test
    void claims_of_one_entry_have_different_fences() {
        cluster.join("node-1", 2);

        List<JobId> jobs = cluster.submit(List.of(Cluster.noop(), Cluster.noop()));

        assertThat(cluster.claim(jobs.get(0)).fence())
                .isLessThan(cluster.claim(jobs.get(1)).fence());
    }

    @Test
    void a_later_claim_of_the_same_job_has_a_higher_fence() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        Claim first = cluster.claim(job);

        cluster.report("node-1", job, 1, new RunEnding.Released());

        assertThat(cluster.claim(job).fence()).isGreaterThan(first.fence());
        assertThat(cluster.claim(job).attempt()).isEqualTo(2);
    }

    @Test
    void a_delayed_job_waits_until_its_instant() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop().withDelayMillis(2_000));
        assertThat(cluster.state(job)).isInstanceOf(JobState.Scheduled.class);
        assertThat(cluster.isDueIn(2 * Cluster.SECOND - 1)).isFalse();
        assertThat(cluster.isDueIn(2 * Cluster.SECOND)).isTrue();

        cluster.pass(2 * Cluster.SECOND);

        assertThat(cluster.state(job)).isInstanceOf(JobState.Claimed.class);
    }

    @Test
    void many_jobs_due_at_once_are_queued_in_bounded_steps() {
        for (int i = 0; i < 12; i++) {
            cluster.submit(Collections.nCopies(1_000, Cluster.noop().withDelayMillis(60_000)));
        }

        cluster.pass(61 * Cluster.SECOND);
        assertThat(cluster.ledger.counts()).containsEntry(JobState.Kind.QUEUED, (long) JobLedger.MAX_DUE);
        assertThat(cluster.isDueIn(0)).isTrue();
        cluster.pass(0);

        assertThat(cluster.ledger.counts()).containsEntry(JobState.Kind.QUEUED, 12_000L);
        assertThat(cluster.isDueIn(Long.MAX_VALUE / 2)).isFalse();
    }

    @Test
    void cancelling_works_in_every_live_state_and_in_no_other() {
        cluster.join("node-1", 1);
        JobId running = cluster.submit(Cluster.noop());
        JobId queued = cluster.submit(Cluster.noop());
        JobId scheduled = cluster.submit(Cluster.noop().withDelayMillis(1_000));

        List<JobReply.ChangeResult> first = cluster.cancel(running, queued, scheduled);
        List<JobReply.ChangeResult> second = cluster.cancel(running);

        assertThat(first).containsOnly(JobReply.ChangeResult.DONE);
        assertThat(second).containsExactly(JobReply.ChangeResult.NOT_IN_LEDGER);
        assertThat(cluster.ledger.counts()).containsEntry(JobState.Kind.CANCELLED, 3L);
        assertThat(cluster.isDueIn(Long.MAX_VALUE / 2)).isFalse();
    }
}
