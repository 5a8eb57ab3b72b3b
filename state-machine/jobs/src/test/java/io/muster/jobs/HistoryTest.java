package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryTest {
    private final Cluster cluster = new Cluster();

    @Test
    void a_block_is_closed_at_512_jobs_and_says_what_it_spans() {
        List<JobId> jobs = cluster.submit(Collections.nCopies(600, Cluster.noop()));
        long before = cluster.index;
        jobs.forEach(job -> cluster.cancel(job));

        List<HistoryBlock> blocks = cluster.ledger.takeClosedBlocks();

        assertThat(blocks).hasSize(1);
        HistoryBlock block = blocks.getFirst();
        assertThat(block.number()).isEqualTo(1);
        assertThat(block.count()).isEqualTo(JobLimits.MAX_BLOCK_JOBS);
        assertThat(block.firstIndex()).isEqualTo(before + 1);
        assertThat(block.lastIndex()).isEqualTo(before + JobLimits.MAX_BLOCK_JOBS);
        assertThat(block.lowest()).isEqualTo(jobs.getFirst());
        assertThat(block.highest()).isEqualTo(jobs.get(JobLimits.MAX_BLOCK_JOBS - 1));
        assertThat(block.jobs()).extracting(FinishedJob::id).isEqualTo(jobs.subList(0, JobLimits.MAX_BLOCK_JOBS));
        assertThat(cluster.ledger.takeClosedBlocks()).isEmpty();
        assertThat(cluster.ledger.openBlockNumber()).isEqualTo(2);
        assertThat(cluster.ledger.openBlock()).hasSize(600 - JobLimits.MAX_BLOCK_JOBS);
    }

    @Test
    void a_block_of_large_jobs_is_closed_at_a_mebibyte() {
        JobSpec large = JobSpec.of("noop", "default", Bytes.wrap(new byte[300 << 10]));
        List<JobId> jobs = cluster.submit(Collections.nCopies(5, large));

        jobs.forEach(job -> cluster.cancel(job));

        assertThat(cluster.ledger.takeClosedBlocks())
                .extracting(HistoryBlock::count)
                .containsExactly(4);
    }

    @Test
    void an_outcome_says_which_block_holds_the_job() {
        List<JobId> jobs = cluster.submit(Collections.nCopies(513, Cluster.noop()));
        jobs.forEach(job -> cluster.cancel(job));

        assertThat(cluster.ledger.outcome(jobs.get(511)).orElseThrow().block()).isEqualTo(1);
        assertThat(cluster.ledger.outcome(jobs.get(512)).orElseThrow().block()).isEqualTo(2);
        assertThat(cluster.ledger.findInOpenBlock(jobs.get(511))).isEmpty();
        assertThat(cluster.ledger.findInOpenBlock(jobs.get(512))).isPresent();
    }

    @Test
    void a_finished_job_says_who_ran_it_last_and_when() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop().withOwner("audit-7"));
        Claim claim = cluster.claim(job);
        cluster.succeed("node-1", job);

        FinishedJob finished = cluster.ledger.findInOpenBlock(job).orElseThrow();

        assertThat(finished.spec().owner()).isEqualTo("audit-7");
        assertThat(finished.finishedIndex()).isEqualTo(cluster.index);
        assertThat(finished.finishedMicros()).isEqualTo(cluster.micros);
        assertThat(finished.lastRun()).isEqualTo(new LastRun.By(claim.worker(), 1, claim.fence(), claim.sinceMicros()));
    }

    @Test
    void an_outcome_is_forgotten_after_a_day_and_its_late_repetition_is_too_late() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        cluster.succeed("node-1", job);

        cluster.pass(JobLimits.OUTCOME_LIFE_MICROS);

        assertThat(cluster.ledger.outcome(job)).isEmpty();
        assertThat(cluster.report("node-1", job, 1, Cluster.success())).isEqualTo(JobReply.ResultVerdict.TOO_LATE);
    }

    @Test
    void a_job_that_died_and_was_retried_stands_in_the_history_twice() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop().withRetry(RetryPolicy.NEVER));
        cluster.fail("node-1", job);
        cluster.retry(job);
        cluster.succeed("node-1", job);

        assertThat(cluster.ledger.openBlock())
                .extracting(finished -> finished.state().kind())
                .containsExactly(JobState.Kind.DEAD, JobState.Kind.SUCCEEDED);
        assertThat(cluster.ledger.findInOpenBlock(job).orElseThrow().state().kind())
                .isEqualTo(JobState.Kind.SUCCEEDED);
    }

    @Test
    void a_damaged_block_is_not_read() {
        cluster.submit(Collections.nCopies(512, Cluster.noop())).forEach(job -> cluster.cancel(job));
        HistoryBlock block = cluster.ledger.takeClosedBlocks().getFirst();
        byte[] body = block.body().array().clone();
        body[100] ^= 1;
        var damaged = new HistoryBlock(
                block.number(),
                block.firstIndex(),
                block.lastIndex(),
                block.lowest(),
                block.highest(),
                block.count(),
                Bytes.wrap(body),
                block.checksum());

        assertThat(block.isIntact()).isTrue();
        assertThatThrownBy(damaged::jobs).isInstanceOf(MalformedException.class);
    }
}
