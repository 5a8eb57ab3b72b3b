package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One act for all jobs that a filter shows, slice by slice.
final class BulkTest {
    private final Cluster cluster = new Cluster();

    @Test
    void a_bulk_cancel_calls_off_what_its_filter_shows_and_nothing_else() {
        cluster.join("node-1", 1);
        JobId running = cluster.submit(Cluster.noop());
        JobId waiting = cluster.submit(Cluster.noop());
        JobId later = cluster.submit(Cluster.noop().withDelayMillis(9_000));
        JobId elsewhere = cluster.submit(JobSpec.of("noop", "other", Bytes.EMPTY));

        var swept = swept(
                JobCommand.Bulk.first(JobCommand.BulkAct.CANCEL, new JobFilter(JobFilter.Scope.all(), "default", "")));

        assertThat(swept.done()).isEqualTo(3);
        assertThat(swept.next()).isEqualTo(new JobSlice.Next.End());
        assertThat(List.of(running, waiting, later))
                .allMatch(job -> cluster.ledger.find(job).isEmpty());
        assertThat(cluster.ledger.find(elsewhere)).isPresent();
    }

    @Test
    void a_slice_changes_no_more_than_its_limit_and_says_where_to_go_on() {
        cluster.submit(Collections.nCopies(25, Cluster.noop()));
        var slice = new JobCommand.Bulk(
                JobCommand.BulkAct.CANCEL,
                JobFilter.of(JobState.Kind.QUEUED),
                JobCommand.Bulk.FROM_FIRST,
                JobCommand.Bulk.TO_LAST,
                10);

        var first = swept(slice);
        var second = swept(next(slice, first));
        var third = swept(next(slice, second));

        assertThat(List.of(first.done(), second.done(), third.done())).containsExactly(10, 10, 5);
        assertThat(third.next()).isEqualTo(new JobSlice.Next.End());
        assertThat(cluster.ledger.counts()).containsEntry(JobState.Kind.CANCELLED, 25L);
    }

    @Test
    void a_slice_looks_at_a_bounded_number_of_jobs_however_few_its_filter_shows() {
        for (int i = 0; i < 11; i++) {
            cluster.submit(Collections.nCopies(1_000, Cluster.noop()));
        }
        cluster.submit(Cluster.sleep());
        var slice = JobCommand.Bulk.first(
                JobCommand.BulkAct.CANCEL, new JobFilter(JobFilter.Scope.of(JobState.Kind.QUEUED), "", "sleep"));

        var first = swept(slice);

        assertThat(first.done()).isZero();
        assertThat(first.next()).isInstanceOf(JobSlice.Next.After.class);
        assertThat(swept(next(slice, first)).done()).isEqualTo(1);
    }

    @Test
    void jobs_submitted_after_the_first_slice_are_not_touched_by_the_later_ones() {
        cluster.submit(Collections.nCopies(3, Cluster.noop()));
        var slice = new JobCommand.Bulk(
                JobCommand.BulkAct.CANCEL,
                JobFilter.of(JobState.Kind.QUEUED),
                JobCommand.Bulk.FROM_FIRST,
                JobCommand.Bulk.TO_LAST,
                2);
        var first = swept(slice);
        JobId late = cluster.submit(Cluster.noop());

        var second = swept(next(slice, first));

        assertThat(second.done()).isEqualTo(1);
        assertThat(second.next()).isEqualTo(new JobSlice.Next.End());
        assertThat(cluster.state(late)).isInstanceOf(JobState.Queued.class);
    }

    @Test
    void a_bulk_retry_queues_the_dead_again_and_counts_those_it_has_to_leave_alone() {
        cluster.join("node-1", 4);
        JobId free = dead(Cluster.noop());
        JobId taken = dead(Cluster.noop().withUniqueKey("u"));
        cluster.submit(Cluster.noop().withUniqueKey("u"));

        var swept = swept(JobCommand.Bulk.first(JobCommand.BulkAct.RETRY, JobFilter.of(JobState.Kind.DEAD)));

        assertThat(swept.done()).isEqualTo(1);
        assertThat(swept.leftAlone()).isEqualTo(1);
        assertThat(cluster.state(free)).isInstanceOf(JobState.Claimed.class);
        assertThat(cluster.state(taken)).isInstanceOf(JobState.Dead.class);
    }

    @Test
    void a_bulk_purge_takes_the_dead_letters_of_one_queue_out_of_the_ledger() {
        cluster.join("node-1", 4);
        JobId here = dead(Cluster.noop());
        JobId there = dead(JobSpec.of("noop", "other", Bytes.EMPTY));

        swept(JobCommand.Bulk.first(
                JobCommand.BulkAct.PURGE, new JobFilter(JobFilter.Scope.of(JobState.Kind.DEAD), "other", "")));

        assertThat(cluster.ledger.find(here)).isPresent();
        assertThat(cluster.ledger.find(there)).isEmpty();
        assertThat(cluster.ledger.findInOpenBlock(there)).isPresent();
    }

    @Test
    void an_act_that_no_job_of_the_filter_allows_is_refused_with_a_reason() {
        var dead = JobFilter.of(JobState.Kind.DEAD);
        assertThatThrownBy(() -> JobCommand.Bulk.first(JobCommand.BulkAct.CANCEL, dead))
                .hasMessageContaining("dead jobs cannot be cancelled");
        assertThatThrownBy(() -> JobCommand.Bulk.first(JobCommand.BulkAct.PURGE, JobFilter.ALL))
                .hasMessageContaining("only dead jobs can be retried or purged");
    }

    private JobId dead(JobSpec spec) {
        JobId job = cluster.submit(spec.withRetry(RetryPolicy.NEVER));
        cluster.fail("node-1", job);
        assertThat(cluster.state(job)).isInstanceOf(JobState.Dead.class);
        return job;
    }

    private static JobCommand.Bulk next(JobCommand.Bulk slice, JobReply.Swept swept) {
        return switch (swept.next()) {
            case JobSlice.Next.After(var cursor) ->
                new JobCommand.Bulk(slice.act(), slice.filter(), cursor, swept.before(), slice.limit());
            case JobSlice.Next.End() -> throw new AssertionError("nothing remains");
        };
    }

    private JobReply.Swept swept(JobCommand.Bulk bulk) {
        return switch (cluster.apply(bulk)) {
            case JobReply.Swept swept -> swept;
            case JobReply other -> throw new AssertionError("not swept: " + other);
        };
    }
}
