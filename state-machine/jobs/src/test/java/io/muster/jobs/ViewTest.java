package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ViewTest {
    private static final JobId START = new JobId(0);

    private final Cluster cluster = new Cluster();

    @Test
    void pages_by_cursor_show_every_job_once_and_in_order() {
        List<JobId> jobs = cluster.submit(Collections.nCopies(25, Cluster.noop()));
        var seen = new ArrayList<JobId>();
        JobId cursor = START;

        for (boolean hasMore = true; hasMore; ) {
            JobSlice page = cluster.ledger.page(JobFilter.ALL, cursor, 10);
            page.jobs().forEach(job -> seen.add(job.id()));
            hasMore = page.next() instanceof JobSlice.Next.After;
            cursor = page.next() instanceof JobSlice.Next.After(var next) ? next : cursor;
        }

        assertThat(seen).isEqualTo(jobs);
    }

    @Test
    void listings_filter_by_state_queue_and_type() {
        cluster.join("node-1", 1);
        JobId claimed = cluster.submit(Cluster.noop());
        JobId queued = cluster.submit(Cluster.sleep());
        JobId scheduled =
                cluster.submit(JobSpec.of("noop", "other", Bytes.EMPTY).withDelayMillis(1_000));

        assertThat(ids(JobFilter.of(JobState.Kind.CLAIMED))).containsExactly(claimed);
        assertThat(ids(JobFilter.of(JobState.Kind.QUEUED))).containsExactly(queued);
        assertThat(ids(JobFilter.of(JobState.Kind.SCHEDULED))).containsExactly(scheduled);
        assertThat(ids(JobFilter.of(JobState.Kind.DEAD))).isEmpty();
        assertThat(ids(new JobFilter(JobFilter.Scope.all(), "other", ""))).containsExactly(scheduled);
        assertThat(ids(new JobFilter(JobFilter.Scope.all(), "", "sleep"))).containsExactly(queued);
    }

    @Test
    void a_filtered_page_looks_at_a_bounded_number_of_jobs_and_says_where_to_go_on() {
        cluster.submit(Collections.nCopies(JobLimits.MAX_LOOK, Cluster.noop()));
        JobId rare = cluster.submit(Cluster.sleep());
        var filter = new JobFilter(JobFilter.Scope.all(), "", "sleep");

        JobSlice first = cluster.ledger.page(filter, START, 10);
        JobId cursor = ((JobSlice.Next.After) first.next()).cursor();
        JobSlice second = cluster.ledger.page(filter, cursor, 10);

        assertThat(first.jobs()).isEmpty();
        assertThat(second.jobs()).extracting(JobView::id).containsExactly(rare);
        assertThat(second.next()).isEqualTo(new JobSlice.Next.End());
    }

    @Test
    void a_page_of_scheduled_jobs_looks_at_no_others() {
        cluster.submit(Collections.nCopies(JobLimits.MAX_LOOK, Cluster.noop()));
        JobId scheduled = cluster.submit(Cluster.noop().withDelayMillis(60_000));

        JobSlice page = cluster.ledger.page(JobFilter.of(JobState.Kind.SCHEDULED), START, 10);

        assertThat(page.jobs()).extracting(JobView::id).containsExactly(scheduled);
        assertThat(page.next()).isEqualTo(new JobSlice.Next.End());
    }

    @Test
    void a_page_over_the_limit_is_refused() {
        assertThatThrownBy(() -> cluster.ledger.page(JobFilter.ALL, START, 501)).hasMessageContaining("use 1 to 500");
    }

    @Test
    void a_queue_shows_its_depth() {
        cluster.submit(Cluster.noop());
        cluster.submit(Cluster.noop());

        QueueView queue = cluster.ledger.queues().getFirst();

        assertThat(queue.counts()).containsEntry(JobState.Kind.QUEUED, 2L);
    }

    @Test
    void a_queue_shows_its_oldest_waiting_job() {
        JobId oldest = cluster.submit(Cluster.noop().withPriority(1));
        long since = cluster.micros;
        cluster.submit(Cluster.noop().withPriority(99));

        QueueView queue = cluster.ledger.queues().getFirst();

        assertThat(queue.oldest()).isEqualTo(new QueueView.Oldest.OldestJob(oldest, since));
    }

    @Test
    void a_worker_shows_what_it_holds() {
        cluster.join("node-1", 2);
        List<JobId> jobs = cluster.submit(List.of(Cluster.noop(), Cluster.noop()));

        assertThat(cluster.ledger.worker(Cluster.node("node-1")).orElseThrow().claims())
                .isEqualTo(jobs);
        assertThat(cluster.ledger.worker(Cluster.node("node-2"))).isEmpty();
    }

    @Test
    void a_waiting_job_says_that_nobody_is_there() {
        assertThat(obstacles(Cluster.noop())).containsExactly(new Obstacle.NoWorkers());
    }

    @Test
    void a_waiting_job_says_that_nobody_can_run_it() {
        cluster.join("node-1", 1);

        assertThat(obstacles(JobSpec.of("deploy", "default", Bytes.EMPTY)))
                .containsExactly(new Obstacle.NoHandler("deploy"));
    }

    @Test
    void a_waiting_job_says_of_each_worker_why_it_cannot_have_it() {
        cluster.lead("node-5");
        cluster.apply(new JobCommand.ConfigureQueue(
                "default", new QueueSettings(1, QueueSettings.LeaderWorks.NEVER, QueueSettings.Flow.OPEN)));
        cluster.join("node-1", 1, Capacity.of(1, Labels.NONE, List.of("noop")));
        cluster.join("node-2", 1, Capacity.of(1, Labels.of("eu"), List.of("sleep")));
        cluster.join(
                "node-3", 1, Capacity.of(1, Labels.of("eu"), List.of("noop")).draining());
        cluster.join("node-4", 1, Capacity.of(1, Labels.of("eu"), List.of("noop")));
        cluster.apply(new JobCommand.SuspendWorker(Cluster.node("node-4"), 1));
        cluster.join("node-5", 1, Capacity.of(1, Labels.of("eu"), List.of("noop")));
        cluster.join("node-6", 1, Capacity.of(1, Labels.of("eu"), List.of("noop")));
        JobSpec spec = Cluster.noop().withLabels(Labels.of("eu"));
        cluster.submit(spec);

        assertThat(obstacles(spec))
                .containsExactly(
                        ineligible("node-1", Obstacle.Ineligibility.LABELS_MISSING),
                        ineligible("node-2", Obstacle.Ineligibility.NO_HANDLER),
                        ineligible("node-3", Obstacle.Ineligibility.DRAINING),
                        ineligible("node-4", Obstacle.Ineligibility.AWAY),
                        ineligible("node-5", Obstacle.Ineligibility.LEADS),
                        ineligible("node-6", Obstacle.Ineligibility.FULL));
    }

    @Test
    void a_waiting_job_says_that_its_queue_is_paused_or_its_key_is_full() {
        cluster.join("node-1", 2);
        var limit = new Concurrency("deploy", 1);
        cluster.submit(Cluster.noop().withConcurrency(limit));
        cluster.apply(new JobCommand.ConfigureQueue(
                "default", new QueueSettings(1, QueueSettings.LeaderWorks.ALWAYS, QueueSettings.Flow.PAUSED)));

        assertThat(obstacles(Cluster.noop().withConcurrency(limit)))
                .containsExactly(new Obstacle.QueuePaused("default"), new Obstacle.ConcurrencyFull("deploy", 1));
    }

    @Test
    void what_jobs_wait_for_in_vain_is_gathered_by_what_is_missing() {
        cluster.join("node-1", 1);
        JobId first = cluster.submit(JobSpec.of("deploy", "default", Bytes.EMPTY));
        long since = cluster.micros;
        cluster.submit(JobSpec.of("deploy", "other", Bytes.EMPTY));
        JobId picky = cluster.submit(Cluster.noop().withLabels(Labels.of("gpu")));
        cluster.submit(Collections.nCopies(3, Cluster.noop()));

        var stalls = cluster.ledger.stalls();

        assertThat(stalls).hasSize(2);
        assertThat(stalls.getFirst()).isEqualTo(new Stall(new Obstacle.NoHandler("deploy"), 2, first, since));
        assertThat(stalls.getLast().obstacle()).isEqualTo(new Obstacle.NoLabels("noop", Labels.of("gpu")));
        assertThat(cluster.ledger.lastingObstacle(picky))
                .contains(stalls.getLast().obstacle());
    }

    @Test
    void jobs_wait_in_vain_for_workers_for_takers_and_for_a_paused_queue() {
        JobId job = cluster.submit(Cluster.noop());
        assertThat(cluster.ledger.lastingObstacle(job)).contains(new Obstacle.NoWorkers());

        cluster.join("node-1", 1, Capacity.of(1, Labels.NONE, List.of("noop")).draining());
        assertThat(cluster.ledger.lastingObstacle(job)).contains(new Obstacle.NoTaker("noop", Labels.NONE));

        cluster.apply(new JobCommand.ConfigureQueue(
                "default", new QueueSettings(1, QueueSettings.LeaderWorks.ALWAYS, QueueSettings.Flow.PAUSED)));
        assertThat(cluster.ledger.lastingObstacle(job)).contains(new Obstacle.QueuePaused("default"));
    }

    @Test
    void a_job_that_waits_behind_full_slots_does_not_wait_in_vain() {
        cluster.join("node-1", 1);
        cluster.submit(Cluster.noop());
        JobId next = cluster.submit(Cluster.noop());

        assertThat(cluster.ledger.lastingObstacle(next)).isEmpty();
        assertThat(cluster.ledger.stalls()).isEmpty();
    }

    @Test
    void jobs_that_do_not_wait_for_a_worker_say_so() {
        cluster.join("node-1", 1);
        JobId running = cluster.submit(Cluster.noop());
        JobId later = cluster.submit(Cluster.noop().withDelayMillis(5_000));

        assertThat(cluster.ledger.explain(running))
                .contains(new Explanation(new JobState.Claimed(cluster.claim(running)), List.of()));
        assertThat(cluster.ledger.explain(later))
                .contains(new Explanation(
                        new JobState.Scheduled(cluster.micros + 5 * Cluster.SECOND, JobState.Delay.ASKED), List.of()));
        assertThat(cluster.ledger.explain(JobId.of(99, 0))).isEmpty();
    }

    private List<JobId> ids(JobFilter filter) {
        return cluster.ledger.page(filter, START, 100).jobs().stream()
                .map(JobView::id)
                .toList();
    }

    private List<Obstacle> obstacles(JobSpec spec) {
        JobId job = cluster.submit(spec);
        return cluster.ledger.explain(job).orElseThrow().obstacles();
    }

    private static Obstacle ineligible(String worker, Obstacle.Ineligibility ineligible) {
        return new Obstacle.Worker(Cluster.node(worker), ineligible);
    }
}
