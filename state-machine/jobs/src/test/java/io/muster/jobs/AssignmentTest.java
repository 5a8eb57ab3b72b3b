package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AssignmentTest {
    private final Cluster cluster = new Cluster();

    @Test
    void the_worker_with_the_lowest_share_in_use_gets_the_job_then_the_first_by_name() {
        cluster.join("node-b", 4);
        cluster.join("node-a", 2);

        List<JobId> jobs = cluster.submit(Collections.nCopies(6, Cluster.noop()));

        assertThat(jobs)
                .extracting(cluster::worker)
                .containsExactly("node-a", "node-b", "node-b", "node-a", "node-b", "node-b");
    }

    @Test
    void slots_are_never_exceeded_and_a_freed_slot_is_filled_at_once() {
        cluster.join("node-1", 2);
        List<JobId> jobs = cluster.submit(Collections.nCopies(3, Cluster.noop()));
        assertThat(cluster.state(jobs.get(2))).isInstanceOf(JobState.Queued.class);

        cluster.succeed("node-1", jobs.getFirst());

        assertThat(cluster.worker(jobs.get(2))).isEqualTo("node-1");
    }

    @Test
    void a_higher_priority_goes_first_and_equals_go_by_age() {
        List<JobId> jobs = cluster.submit(List.of(
                Cluster.noop().withPriority(10),
                Cluster.noop().withPriority(90),
                Cluster.noop().withPriority(90)));
        cluster.join("node-1", 1);

        assertThat(order("node-1", 3)).containsExactly(jobs.get(1), jobs.get(2), jobs.get(0));
    }

    @Test
    void the_oldest_job_is_taken_every_sixteenth_time_however_low_its_priority() {
        JobId low = cluster.submit(Cluster.noop().withPriority(0));
        cluster.submit(Collections.nCopies(40, Cluster.noop().withPriority(100)));
        cluster.join("node-1", 1);

        assertThat(order("node-1", JobLimits.OLDEST_EVERY)).endsWith(low);
    }

    @Test
    void a_tenant_with_a_hundred_thousand_jobs_does_not_keep_another_waiting() {
        for (int i = 0; i < 100; i++) {
            cluster.submit(Collections.nCopies(1_000, noopIn("big")));
        }
        cluster.join("node-1", 1);
        JobId small = cluster.submit(noopIn("small"));

        assertThat(order("node-1", 3)).contains(small);
    }

    @Test
    void queues_share_the_slots_by_their_weights() {
        cluster.apply(new JobCommand.ConfigureQueue("three", weight(3)));
        cluster.apply(new JobCommand.ConfigureQueue("one", weight(1)));
        cluster.submit(Collections.nCopies(100, noopIn("one")));
        cluster.submit(Collections.nCopies(100, noopIn("three")));
        cluster.join("node-1", 80);

        assertThat(claimedOf("three")).isEqualTo(60);
        assertThat(claimedOf("one")).isEqualTo(20);
    }

    @Test
    void a_queue_that_was_idle_cannot_catch_up_on_what_it_did_not_use() {
        cluster.join("node-1", 1);
        cluster.submit(noopIn("idle").withPriority(1));
        cluster.submit(Collections.nCopies(200, noopIn("busy")));
        order("node-1", 101);
        cluster.submit(Collections.nCopies(100, noopIn("idle")));

        List<String> queues = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            JobView next = running("node-1");
            queues.add(next.spec().queue());
            cluster.succeed("node-1", next.id());
        }
        assertThat(queues).filteredOn("busy"::equals).hasSizeBetween(9, 11);
    }

    @Test
    void a_paused_queue_gives_nothing_out_until_it_is_opened() {
        cluster.apply(new JobCommand.ConfigureQueue("default", paused()));
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        assertThat(cluster.state(job)).isInstanceOf(JobState.Queued.class);

        cluster.apply(new JobCommand.ConfigureQueue("default", QueueSettings.DEFAULT));

        assertThat(cluster.worker(job)).isEqualTo("node-1");
    }

    @Test
    void only_workers_with_the_handler_and_every_label_are_given_a_job() {
        cluster.join("plain", 1);
        cluster.join("gpu", 1, Capacity.of(1, Labels.of("gpu"), List.of("noop")));
        cluster.join("gpu-eu", 1, Capacity.of(1, Labels.of("zone=eu", "gpu"), List.of("noop")));

        JobId picky = cluster.submit(Cluster.noop().withLabels(Labels.of("gpu", "zone=eu")));
        JobId odd = cluster.submit(JobSpec.of("audit", "default", Bytes.EMPTY));

        assertThat(cluster.worker(picky)).isEqualTo("gpu-eu");
        assertThat(cluster.state(odd)).isInstanceOf(JobState.Queued.class);
    }

    @Test
    void jobs_that_nobody_can_take_do_not_hold_up_the_others() {
        cluster.join("node-1", 1);
        cluster.submit(Cluster.noop().withLabels(Labels.of("mars")).withPriority(100));

        JobId possible = cluster.submit(Cluster.noop().withPriority(1));

        assertThat(cluster.worker(possible)).isEqualTo("node-1");
    }

    @Test
    void a_waiting_job_is_given_out_when_a_worker_learns_to_take_it() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop().withLabels(Labels.of("gpu")));

        cluster.apply(new JobCommand.ChangeWorker(
                Cluster.node("node-1"), 1, Capacity.of(1, Labels.of("gpu"), List.of("noop"))));

        assertThat(cluster.worker(job)).isEqualTo("node-1");
    }

    @Test
    void jobs_of_one_affinity_stay_on_one_worker_while_it_has_room() {
        for (int i = 1; i <= 5; i++) {
            cluster.join("node-" + i, 10);
        }

        List<JobId> jobs = cluster.submit(Collections.nCopies(10, Cluster.noop().withAffinity("repo-7")));
        JobId overflow = cluster.submit(Cluster.noop().withAffinity("repo-7"));

        assertThat(jobs).extracting(cluster::worker).containsOnly(cluster.worker(jobs.getFirst()));
        assertThat(cluster.worker(overflow)).isNotEqualTo(cluster.worker(jobs.getFirst()));
    }

    @Test
    void affinities_spread_over_the_workers() {
        for (int i = 1; i <= 4; i++) {
            cluster.join("node-" + i, 100);
        }
        var workers = new ArrayList<String>();

        for (int i = 0; i < 40; i++) {
            workers.add(cluster.worker(cluster.submit(Cluster.noop().withAffinity("repo-" + i))));
        }

        assertThat(workers).contains("node-1", "node-2", "node-3", "node-4");
    }

    @Test
    void no_more_jobs_of_one_concurrency_key_run_than_may_over_all_queues() {
        cluster.join("node-1", 10);
        var limit = new Concurrency("deploy", 2);

        List<JobId> jobs = new ArrayList<>(
                cluster.submit(Collections.nCopies(2, Cluster.noop().withConcurrency(limit))));
        jobs.addAll(cluster.submit(Collections.nCopies(2, noopIn("other").withConcurrency(limit))));
        assertThat(claimed(jobs)).isEqualTo(2);

        cluster.succeed("node-1", jobs.getFirst());
        jobs.removeFirst();
        assertThat(claimed(jobs)).isEqualTo(2);
    }

    @Test
    void the_leader_leaves_audits_to_others_while_there_are_others() {
        cluster.lead("node-1");
        cluster.join("node-1", 1, audits());
        JobId alone = cluster.submit(audit());
        assertThat(cluster.worker(alone)).isEqualTo("node-1");
        cluster.succeed("node-1", alone);

        cluster.join("node-2", 1, audits());
        List<JobId> jobs = cluster.submit(List.of(audit(), audit()));
        assertThat(jobs)
                .filteredOn(job -> cluster.state(job) instanceof JobState.Claimed)
                .hasSize(1);
        assertThat(cluster.worker(jobs.getFirst())).isEqualTo("node-2");

        cluster.lose("node-2");
        assertThat(cluster.worker(jobs.getFirst())).isEqualTo("node-1");
    }

    @Test
    void a_worker_without_slots_is_no_reason_for_the_leader_to_leave_audits_waiting() {
        cluster.lead("node-1");
        cluster.join("node-1", 1, audits());
        cluster.join("node-2", 1, Capacity.of(0, Labels.NONE, List.of("audit")));

        JobId job = cluster.submit(audit());

        assertThat(cluster.worker(job)).isEqualTo("node-1");
    }

    @Test
    void a_new_leader_stops_taking_audits_and_the_old_one_starts() {
        cluster.lead("node-1");
        cluster.join("node-1", 1, audits());
        cluster.join("node-2", 1, audits());
        JobId first = cluster.submit(audit());
        assertThat(cluster.worker(first)).isEqualTo("node-2");
        JobId second = cluster.submit(audit());

        cluster.lead("node-2");

        assertThat(cluster.worker(second)).isEqualTo("node-1");
    }

    @Test
    void a_queue_may_keep_the_leader_from_working_at_all() {
        cluster.lead("node-1");
        cluster.join("node-1", 1);
        cluster.apply(new JobCommand.ConfigureQueue(
                "default", new QueueSettings(1, QueueSettings.LeaderWorks.NEVER, QueueSettings.Flow.OPEN)));

        JobId job = cluster.submit(Cluster.noop());

        assertThat(cluster.state(job)).isInstanceOf(JobState.Queued.class);
    }

    /// Runs `count` jobs one after the other on the only slot of `worker`; in which order they came.
    private List<JobId> order(String worker, int count) {
        var order = new ArrayList<JobId>();
        for (int i = 0; i < count; i++) {
            JobId next = running(worker).id();
            order.add(next);
            cluster.succeed(worker, next);
        }
        return order;
    }

    private JobView running(String worker) {
        JobId id = cluster.ledger
                .worker(Cluster.node(worker))
                .orElseThrow()
                .claims()
                .getFirst();
        return cluster.ledger.find(id).orElseThrow();
    }

    private long claimed(List<JobId> jobs) {
        return jobs.stream()
                .filter(job -> cluster.state(job) instanceof JobState.Claimed)
                .count();
    }

    private long claimedOf(String queue) {
        return cluster.ledger.queues().stream()
                .filter(view -> view.name().equals(queue))
                .mapToLong(view -> view.counts().get(JobState.Kind.CLAIMED))
                .sum();
    }

    private static JobSpec noopIn(String queue) {
        return JobSpec.of("noop", queue, Bytes.utf8("{}"));
    }

    private static JobSpec audit() {
        return JobSpec.of("audit", QueueSettings.AUDITS, Bytes.utf8("{}"));
    }

    private static Capacity audits() {
        return Capacity.of(1, Labels.NONE, List.of("audit"));
    }

    private static QueueSettings weight(int weight) {
        return new QueueSettings(weight, QueueSettings.LeaderWorks.ALWAYS, QueueSettings.Flow.OPEN);
    }

    private static QueueSettings paused() {
        return new QueueSettings(1, QueueSettings.LeaderWorks.ALWAYS, QueueSettings.Flow.PAUSED);
    }
}
