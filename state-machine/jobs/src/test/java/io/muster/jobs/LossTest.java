package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of jobs whose workers die: the complaints of every queue's users, made tests.
final class LossTest {
    private final Cluster cluster = new Cluster();

    @Test
    void a_lost_workers_job_runs_elsewhere_in_the_same_entry() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        cluster.join("node-2", 1);

        cluster.lose("node-1");

        assertThat(cluster.worker(job)).isEqualTo("node-2");
        assertThat(cluster.ledger.find(job).orElseThrow().tries().losses()).isEqualTo(1);
        assertThat(cluster.ledger.find(job).orElseThrow().tries().failures()).isZero();
    }

    @Test
    void a_late_result_of_a_lost_attempt_is_refused_and_the_new_attempt_counts() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        cluster.join("node-2", 1);
        cluster.lose("node-1");

        assertThat(cluster.report("node-1", job, 1, Cluster.success())).isEqualTo(JobReply.ResultVerdict.TOO_LATE);
        assertThat(cluster.state(job)).isInstanceOf(JobState.Claimed.class);
        assertThat(cluster.succeed("node-2", job)).isEqualTo(JobReply.ResultVerdict.COUNTED);
    }

    @Test
    void a_late_result_of_a_timed_out_attempt_is_refused_even_from_the_next_s_worker() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop().withTimeoutMillis(1_000));
        cluster.pass(7 * Cluster.SECOND);
        cluster.pass(Cluster.SECOND);
        assertThat(cluster.claim(job).attempt()).isEqualTo(2);

        assertThat(cluster.report("node-1", job, 1, Cluster.success())).isEqualTo(JobReply.ResultVerdict.TOO_LATE);
        assertThat(cluster.claim(job).attempt()).isEqualTo(2);
    }

    @Test
    void a_late_result_is_refused_while_the_job_waits_for_its_next_worker_too() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        cluster.lose("node-1");

        assertThat(cluster.report("node-1", job, 1, Cluster.success())).isEqualTo(JobReply.ResultVerdict.TOO_LATE);
        assertThat(cluster.state(job)).isInstanceOf(JobState.Queued.class);
    }

    @Test
    void a_repeated_result_of_the_attempt_that_finished_the_job_is_acknowledged_again() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        cluster.succeed("node-1", job);

        assertThat(cluster.report("node-1", job, 1, Cluster.success()))
                .isEqualTo(JobReply.ResultVerdict.COUNTED_BEFORE);
        assertThat(cluster.ledger.counts()).containsEntry(JobState.Kind.SUCCEEDED, 1L);
        assertThat(cluster.ledger.openBlock()).hasSize(1);
    }

    @Test
    void a_repeated_failure_counts_once() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        cluster.fail("node-1", job);

        assertThat(cluster.report("node-1", job, 1, Cluster.failure()))
                .isEqualTo(JobReply.ResultVerdict.COUNTED_BEFORE);
        assertThat(cluster.ledger.find(job).orElseThrow().tries().failures()).isEqualTo(1);
    }

    @Test
    void a_result_of_a_cancelled_job_is_too_late() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        cluster.cancel(job);

        assertThat(cluster.report("node-1", job, 1, Cluster.success())).isEqualTo(JobReply.ResultVerdict.TOO_LATE);
        assertThat(cluster.ledger.counts()).containsEntry(JobState.Kind.SUCCEEDED, 0L);
    }

    @Test
    void another_worker_cannot_report_a_claim_that_is_not_its_own() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        cluster.join("node-2", 1);

        assertThat(cluster.report("node-2", job, 1, Cluster.success())).isEqualTo(JobReply.ResultVerdict.TOO_LATE);
        assertThat(cluster.worker(job)).isEqualTo("node-1");
    }

    @Test
    void a_node_that_comes_back_under_its_name_frees_what_its_last_process_held() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());

        cluster.join("node-1", 2, capacity(1));

        assertThat(cluster.claim(job).incarnation()).isEqualTo(2);
        assertThat(cluster.claim(job).attempt()).isEqualTo(2);
        assertThat(cluster.report("node-1", 1, job, 1, Cluster.success())).isEqualTo(JobReply.ResultVerdict.TOO_LATE);
        assertThat(cluster.report("node-1", 1, job, 2, Cluster.success())).isEqualTo(JobReply.ResultVerdict.TOO_LATE);
    }

    @Test
    void a_process_that_was_replaced_can_neither_join_nor_change_anything_again() {
        cluster.join("node-1", 1);
        cluster.join("node-1", 2, capacity(1));

        assertThat(cluster.join("node-1", 1, capacity(1))).isEqualTo(new JobReply.Superseded());
        assertThat(cluster.apply(new JobCommand.ChangeWorker(Cluster.node("node-1"), 1, capacity(9))))
                .isEqualTo(new JobReply.Superseded());
        assertThat(cluster.ledger.workers().getFirst().incarnation()).isEqualTo(2);
    }

    @Test
    void a_lost_worker_that_returns_may_join_again_and_holds_nothing() {
        cluster.join("node-1", 1);
        cluster.submit(Cluster.noop().withLabels(Labels.of("gpu")));
        cluster.lose("node-1");

        assertThat(cluster.apply(new JobCommand.ResumeWorker(Cluster.node("node-1"), 1)))
                .isEqualTo(new JobReply.NotJoined());
        assertThat(cluster.join("node-1", 1, capacity(1))).isEqualTo(new JobReply.Done());
        assertThat(cluster.ledger.workers().getFirst().claims()).isEmpty();
    }

    @Test
    void a_suspended_worker_keeps_what_it_holds_and_is_given_nothing_new() {
        cluster.join("node-1", 2);
        JobId held = cluster.submit(Cluster.noop());
        cluster.apply(new JobCommand.SuspendWorker(Cluster.node("node-1"), 1));

        JobId next = cluster.submit(Cluster.noop());
        assertThat(cluster.state(held)).isInstanceOf(JobState.Claimed.class);
        assertThat(cluster.state(next)).isInstanceOf(JobState.Queued.class);

        cluster.apply(new JobCommand.ResumeWorker(Cluster.node("node-1"), 1));
        assertThat(cluster.state(next)).isInstanceOf(JobState.Claimed.class);
    }

    @Test
    void a_drained_worker_finishes_what_it_holds_and_hands_back_the_rest() {
        cluster.join("node-1", 2);
        List<JobId> jobs = cluster.submit(List.of(Cluster.noop(), Cluster.noop()));
        cluster.apply(new JobCommand.ChangeWorker(
                Cluster.node("node-1"), 1, capacity(2).draining()));

        cluster.succeed("node-1", jobs.get(0));
        cluster.report("node-1", jobs.get(1), 1, new RunEnding.Released());

        assertThat(cluster.state(jobs.get(1))).isInstanceOf(JobState.Queued.class);
        assertThat(cluster.ledger.find(jobs.get(1)).orElseThrow().tries()).isEqualTo(new JobView.Tries(1, 0, 0, ""));
    }

    @Test
    void a_drained_worker_is_left_not_lost_and_what_it_still_held_costs_nothing() {
        cluster.join("node-1", 2);
        JobId job = cluster.submit(Cluster.noop());
        cluster.apply(new JobCommand.ChangeWorker(
                Cluster.node("node-1"), 1, capacity(2).draining()));

        cluster.apply(new JobCommand.LeaveWorker(Cluster.node("node-1"), 1, "it drained and went"));

        WorkerView worker = cluster.ledger.worker(Cluster.node("node-1")).orElseThrow();
        assertThat(worker.state()).isEqualTo(WorkerState.LEFT);
        assertThat(worker.reason()).isEqualTo("it drained and went");
        assertThat(cluster.state(job)).isInstanceOf(JobState.Queued.class);
        assertThat(cluster.ledger.find(job).orElseThrow().tries()).isEqualTo(new JobView.Tries(1, 0, 0, ""));
    }

    @Test
    void a_job_that_kills_its_workers_runs_alone_the_third_time_and_is_dead_after_that() {
        JobId poison = cluster.submit(Cluster.noop());
        for (int i = 1; i <= 2; i++) {
            cluster.join("node-" + i, 4);
            cluster.lose("node-" + i);
        }
        cluster.join("node-3", 4);
        JobId other = cluster.submit(Cluster.noop());

        assertThat(cluster.worker(poison)).isEqualTo("node-3");
        assertThat(cluster.state(other)).isInstanceOf(JobState.Queued.class);
        cluster.lose("node-3");

        assertThat(cluster.state(poison))
                .isInstanceOfSatisfying(
                        JobState.Dead.class,
                        dead -> assertThat(dead.reason()).isEqualTo(JobState.DeathReason.LOST_TOO_OFTEN));
        assertThat(cluster.state(poison).toString()).contains("node-3", "it fell silent");
    }

    @Test
    void a_busy_cluster_sets_one_worker_aside_for_a_job_that_must_run_alone() {
        cluster.join("node-4", 2);
        cluster.join("node-5", 2);
        List<JobId> busy = cluster.submit(List.of(Cluster.noop(), Cluster.noop()));
        JobId suspect = suspectOn("node-8", "node-9");
        assertThat(cluster.state(suspect)).isInstanceOf(JobState.Queued.class);

        List<JobId> more = cluster.submit(List.of(Cluster.noop(), Cluster.noop(), Cluster.noop()));
        String aside = cluster.worker(more.getFirst()).equals("node-4") ? "node-5" : "node-4";
        JobId last = busy.stream()
                .filter(job -> cluster.worker(job).equals(aside))
                .findFirst()
                .orElseThrow();
        cluster.succeed(aside, last);

        assertThat(cluster.worker(suspect)).isEqualTo(aside);
        assertThat(more)
                .filteredOn(job -> cluster.state(job) instanceof JobState.Queued)
                .hasSize(2);
    }

    @Test
    void a_worker_that_loses_its_runs_again_and_again_does_not_make_good_jobs_dead() {
        cluster.join("node-1", 2);
        cluster.join("node-2", 2);
        List<JobId> jobs = cluster.submit(Collections.nCopies(30, Cluster.noop()));
        for (int i = 2; i <= 40; i++) {
            cluster.apply(new JobCommand.SuspendWorker(Cluster.node("node-0"), i - 1));
            cluster.join("node-0", i, capacity(1_000));
        }

        assertThat(jobs).noneMatch(job -> cluster.state(job) instanceof JobState.Dead);
        assertThat(cluster.ledger.worker(Cluster.node("node-0")).orElseThrow().claims())
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void a_worker_on_probation_is_given_one_job_and_one_more_for_each_that_succeeds() {
        crash("node-1", 1, 4);
        crash("node-1", 2, 4);
        cluster.submit(Collections.nCopies(9, Cluster.noop()));
        cluster.join("node-1", 3, capacity(4));
        WorkerView onProbation = worker("node-1");

        var slots = new ArrayList<Integer>();
        for (int i = 0; i < 4; i++) {
            WorkerView now = worker("node-1");
            slots.add(now.slots());
            assertThat(now.claims()).hasSize(now.slots());
            JobId job = now.claims().getFirst();
            cluster.report("node-1", 3, job, cluster.claim(job).attempt(), Cluster.success());
        }

        assertThat(onProbation.reason()).contains("on probation", "lost 2 times", "1 at a time");
        assertThat(slots).containsExactly(1, 2, 3, 4);
        assertThat(worker("node-1").reason()).isEmpty();
    }

    @Test
    void a_setback_long_past_is_held_against_no_worker() {
        crash("node-1", 1, 4);
        crash("node-1", 2, 4);
        cluster.join("node-1", 3, capacity(4));

        cluster.pass(JobLimits.PROBATION_WINDOW_MICROS);

        assertThat(worker("node-1").slots()).isEqualTo(4);
    }

    @Test
    void the_end_of_a_probation_is_due_by_itself() {
        cluster.submit(Collections.nCopies(5, Cluster.noop().withTimeoutMillis(3_600_000)));
        crash("node-1", 1, 4);
        crash("node-1", 2, 4);
        long since = cluster.elapsedMicros;
        cluster.join("node-1", 3, capacity(4));
        long rest = since + JobLimits.PROBATION_WINDOW_MICROS - cluster.elapsedMicros;
        boolean isEarly = cluster.isDueIn(rest - 1);
        boolean isDue = cluster.isDueIn(rest);

        cluster.pass(rest);

        assertThat(isEarly).isFalse();
        assertThat(isDue).isTrue();
        assertThat(worker("node-1").claims()).hasSize(4);
        assertThat(cluster.isDueIn(0)).isFalse();
    }

    @Test
    void a_job_that_must_run_alone_runs_elsewhere_than_where_it_was_lost() {
        cluster.join("node-3", 1);
        JobId busy = cluster.submit(Cluster.noop());
        JobId job = cluster.submit(Cluster.noop());
        crash("node-1", 1, 1);
        crash("node-2", 1, 1);

        cluster.join("node-1", 2, capacity(1));
        cluster.join("node-2", 2, capacity(1));

        assertThat(cluster.state(job)).as("two are idle, but not elsewhere").isInstanceOf(JobState.Queued.class);
        cluster.succeed("node-3", busy);
        assertThat(cluster.worker(job)).isEqualTo("node-3");
    }

    @Test
    void a_job_that_only_one_worker_could_have_runs_there_again_and_is_dead_in_the_end() {
        JobId poison = cluster.submit(Cluster.noop());
        for (int i = 1; i <= JobLimits.DEAD_AFTER_LOSSES; i++) {
            assertThat(cluster.state(poison)).isInstanceOf(JobState.Queued.class);
            crash("node-1", i, 4);
        }

        assertThat(cluster.state(poison))
                .isInstanceOfSatisfying(
                        JobState.Dead.class,
                        dead -> assertThat(dead.reason()).isEqualTo(JobState.DeathReason.LOST_TOO_OFTEN));
    }

    @Test
    void being_replaced_by_its_own_name_while_at_work_costs_a_worker_s_jobs_nothing() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());

        for (int i = 2; i <= 6; i++) {
            cluster.join("node-1", i, capacity(1));
        }

        JobView.Tries tries = cluster.ledger.find(job).orElseThrow().tries();
        assertThat(List.of(tries.failures(), tries.losses())).containsExactly(0, 0);
        assertThat(tries.lastError()).isEmpty();
    }

    @Test
    void a_process_that_died_before_its_successor_joined_counts_as_a_loss() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        cluster.apply(new JobCommand.SuspendWorker(Cluster.node("node-1"), 1));

        cluster.join("node-1", 2, capacity(1));

        assertThat(cluster.ledger.find(job).orElseThrow().tries().losses()).isEqualTo(1);
    }

    @Test
    void five_deployments_leave_no_mark_on_a_long_job() {
        JobId job = cluster.submit(Cluster.noop());
        for (int i = 1; i <= 5; i++) {
            cluster.join("node-1", i, capacity(1));
            cluster.apply(new JobCommand.ChangeWorker(
                    Cluster.node("node-1"), i, capacity(1).draining()));
            if (i % 2 == 0) {
                cluster.report("node-1", i, job, cluster.claim(job).attempt(), new RunEnding.Released());
                cluster.apply(new JobCommand.LeaveWorker(Cluster.node("node-1"), i, "it drained and went"));
            } else {
                cluster.apply(new JobCommand.LoseWorker(Cluster.node("node-1"), i, "killed while it drained"));
            }
        }

        assertThat(cluster.ledger.find(job).orElseThrow().tries()).isEqualTo(new JobView.Tries(5, 0, 0, ""));
        cluster.join("node-1", 6, capacity(1));
        assertThat(worker("node-1").slots()).isEqualTo(1);
    }

    @Test
    void of_a_thousand_workers_that_left_or_were_lost_the_last_fifty_of_each_are_listed() {
        for (int i = 0; i < 1_200; i++) {
            String name = "pod-" + i;
            cluster.join(name, 1);
            cluster.apply(
                    i % 2 == 0
                            ? new JobCommand.LoseWorker(Cluster.node(name), 1, "silent")
                            : new JobCommand.LeaveWorker(Cluster.node(name), 1, "drained"));
        }

        assertThat(cluster.ledger.workers())
                .hasSize(2 * JobLimits.MAX_GONE_WORKERS)
                .extracting(each -> each.id().value())
                .contains("pod-1199", "pod-1198")
                .doesNotContain("pod-0");
    }

    @Test
    void workers_that_left_are_forgotten_after_an_hour() {
        cluster.join("left", 1);
        cluster.join("lost", 1);
        cluster.apply(new JobCommand.LeaveWorker(Cluster.node("left"), 1, "drained"));
        cluster.lose("lost");

        cluster.pass(JobLimits.LEFT_WORKER_LIFE_MICROS);

        assertThat(cluster.ledger.workers())
                .extracting(each -> each.id().value())
                .containsExactly("lost");
    }

    @Test
    void lost_workers_are_forgotten_after_a_day() {
        cluster.join("lost", 1);
        cluster.lose("lost");

        cluster.pass(JobLimits.LOST_WORKER_LIFE_MICROS);

        assertThat(cluster.ledger.workers()).isEmpty();
    }

    @Test
    void a_second_takeover_of_a_living_process_within_minutes_is_contested() {
        cluster.join("node-1", 1);
        assertThat(cluster.ledger.isContested(Cluster.node("node-1"), 2)).isFalse();
        cluster.join("node-1", 2, capacity(1));

        assertThat(cluster.ledger.isContested(Cluster.node("node-1"), 3)).isTrue();
        assertThat(cluster.ledger.isContested(Cluster.node("node-1"), 2)).isFalse();
        cluster.pass(JobLimits.TAKEOVER_WINDOW_MICROS);
        assertThat(cluster.ledger.isContested(Cluster.node("node-1"), 3)).isFalse();
    }

    /// A process of this name joins, is given what it can take, and dies.
    private void crash(String worker, long incarnation, int slots) {
        cluster.join(worker, incarnation, capacity(slots));
        if (worker(worker).claims().isEmpty()) {
            cluster.submit(Cluster.noop());
        }
        cluster.apply(new JobCommand.LoseWorker(Cluster.node(worker), incarnation, "it fell silent"));
    }

    private WorkerView worker(String name) {
        return cluster.ledger.worker(Cluster.node(name)).orElseThrow();
    }

    /// A job that was lost on both of these workers.
    private JobId suspectOn(String... workers) {
        JobId job = cluster.submit(Cluster.noop().withLabels(Labels.of("odd")));
        for (String worker : workers) {
            cluster.join(worker, 1, Capacity.of(4, Labels.of("odd"), List.of("noop")));
            assertThat(cluster.worker(job)).isEqualTo(worker);
            cluster.lose(worker);
        }
        for (String worker : List.of("node-4", "node-5")) {
            cluster.apply(new JobCommand.ChangeWorker(
                    Cluster.node(worker), 1, Capacity.of(2, Labels.of("odd"), List.of("noop", "sleep"))));
        }
        return job;
    }

    private static Capacity capacity(int slots) {
        return Capacity.of(slots, Labels.NONE, List.of("noop", "sleep"));
    }
}
