package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JobSubmissionTest {
    private final Cluster cluster = new Cluster();

    @Test
    void the_same_key_and_body_get_the_same_answer_and_no_second_job() {
        var submit = new JobCommand.Submit(List.of(Cluster.noop(), Cluster.sleep()));

        JobReply first = cluster.apply(origin("ops", "k", submit), submit);
        JobReply second = cluster.apply(origin("ops", "k", submit), submit);

        assertThat(second).isEqualTo(first);
        assertThat(cluster.ledger.counts()).containsEntry(JobState.Kind.QUEUED, 2L);
    }

    @Test
    void the_same_key_with_another_body_is_a_conflict_and_changes_nothing() {
        var submit = new JobCommand.Submit(List.of(Cluster.noop()));
        var other = new JobCommand.Submit(List.of(Cluster.sleep()));
        cluster.apply(origin("ops", "k", submit), submit);

        JobReply reply = cluster.apply(origin("ops", "k", other), other);

        assertThat(reply).isEqualTo(new JobReply.KeyConflict("k"));
        assertThat(cluster.ledger.counts()).containsEntry(JobState.Kind.QUEUED, 1L);
    }

    @Test
    void one_principals_keys_are_nobody_elses() {
        var submit = new JobCommand.Submit(List.of(Cluster.noop()));

        JobReply ops = cluster.apply(origin("ops", "k", submit), submit);
        JobReply dev = cluster.apply(origin("dev", "k", submit), submit);

        assertThat(dev).isNotEqualTo(ops);
    }

    @Test
    void a_key_answers_for_a_day_even_after_its_job_has_finished() {
        var submit = new JobCommand.Submit(List.of(Cluster.noop()));
        cluster.join("node-1", 1);
        JobReply first = cluster.apply(origin("ops", "k", submit), submit);
        JobId job = ((JobReply.Submitted) first).receipts().getFirst().job();
        cluster.succeed("node-1", job);

        cluster.pass(JobLimits.IDEMPOTENCY_LIFE_MICROS - Cluster.SECOND);
        assertThat(cluster.apply(origin("ops", "k", submit), submit)).isEqualTo(first);
        cluster.pass(2 * Cluster.SECOND);
        assertThat(cluster.apply(origin("ops", "k", submit), submit)).isNotEqualTo(first);
    }

    @Test
    void an_answer_with_jobs_that_were_live_already_is_repeated_exactly() {
        cluster.submit(Cluster.noop().withUniqueKey("u"));
        var submit =
                new JobCommand.Submit(List.of(Cluster.noop(), Cluster.noop().withUniqueKey("u"), Cluster.noop()));

        JobReply first = cluster.apply(origin("ops", "k", submit), submit);
        JobReply second = cluster.apply(origin("ops", "k", submit), submit);

        assertThat(second).isEqualTo(first);
        assertThat(((JobReply.Submitted) first).receipts())
                .extracting(JobReply.Receipt::deduplication)
                .containsExactly(
                        JobReply.Deduplication.NEW, JobReply.Deduplication.ALREADY_LIVE, JobReply.Deduplication.NEW);
    }

    @Test
    void a_unique_key_admits_one_live_job_at_a_time_within_one_command_too() {
        JobSpec spec = Cluster.noop().withUniqueKey("lodash@4.17.20");
        cluster.join("node-1", 1);

        List<JobId> twice = cluster.submit(List.of(spec, spec));
        JobId again = cluster.submit(spec);
        cluster.succeed("node-1", again);
        JobId after = cluster.submit(spec);

        assertThat(twice.get(0)).isEqualTo(twice.get(1)).isEqualTo(again);
        assertThat(after).isNotEqualTo(again);
    }

    @Test
    void a_dead_letter_cannot_be_retried_while_another_job_has_its_unique_key() {
        JobSpec spec = Cluster.noop().withUniqueKey("u").withRetry(RetryPolicy.NEVER);
        cluster.join("node-1", 1);
        JobId dead = cluster.submit(spec);
        cluster.fail("node-1", dead);
        JobId live = cluster.submit(spec);

        assertThat(live).isNotEqualTo(dead);
        assertThat(cluster.retry(dead)).containsExactly(JobReply.ChangeResult.KEY_TAKEN);
        cluster.cancel(live);
        assertThat(cluster.retry(dead)).containsExactly(JobReply.ChangeResult.DONE);
        assertThat(cluster.submit(spec)).isEqualTo(dead);
    }

    @Test
    void too_much_payload_is_refused_whole_and_room_comes_back_when_jobs_finish() {
        JobSpec large = JobSpec.of("noop", "default", Bytes.wrap(new byte[JobLimits.MAX_PAYLOAD_BYTES]));
        JobId first = cluster.submit(large);
        for (int i = 1; i < 256; i++) {
            cluster.submit(large);
        }

        JobReply refused = cluster.apply(new JobCommand.Submit(List.of(Cluster.noop(), Cluster.noop())));
        cluster.cancel(first);

        assertThat(refused)
                .isEqualTo(
                        new JobReply.Full("bytes of payload in the ledger", JobLimits.MAX_PAYLOAD_TOTAL_BYTES, 1_000));
        assertThat(cluster.ledger.counts()).containsEntry(JobState.Kind.QUEUED, 255L);
        cluster.submit(Cluster.noop());
    }

    @Test
    void lanes_have_a_limit_and_go_with_their_last_job() {
        var jobs = new ArrayList<JobId>();
        for (int i = 0; i < JobLimits.MAX_LANES; i++) {
            jobs.add(cluster.submit(Cluster.noop().withAffinity("a" + i)));
        }
        var oneMore = new JobCommand.Submit(List.of(Cluster.noop().withAffinity("one more")));

        assertThat(cluster.apply(oneMore)).isInstanceOf(JobReply.Full.class);
        cluster.submit(Cluster.noop().withAffinity("a7"));
        cluster.cancel(jobs.getFirst());
        assertThat(cluster.apply(oneMore)).isInstanceOf(JobReply.Submitted.class);
    }

    @Test
    void queues_have_a_limit_and_go_with_their_last_job() {
        var jobs = new ArrayList<JobId>();
        for (int i = 0; i < JobLimits.MAX_QUEUES; i++) {
            jobs.add(cluster.submit(JobSpec.of("noop", "q" + i, Bytes.EMPTY)));
        }
        var oneMore = new JobCommand.Submit(List.of(JobSpec.of("noop", "one-more", Bytes.EMPTY)));

        assertThat(cluster.apply(oneMore)).isInstanceOf(JobReply.Full.class);
        cluster.cancel(jobs.getFirst());
        assertThat(cluster.apply(oneMore)).isInstanceOf(JobReply.Submitted.class);
    }

    @Test
    void a_key_is_kept_for_its_life_while_there_is_room() {
        var keys = new Idempotency();
        Idempotency.Entry first = remember(keys, "ops", 0, 0);

        keys.expire(JobLimits.IDEMPOTENCY_LIFE_MICROS - 1);
        assertThat(keys.find(first)).isNotNull();

        keys.expire(JobLimits.IDEMPOTENCY_LIFE_MICROS);
        assertThat(keys.find(first)).isNull();
    }

    @Test
    void a_thousand_keyed_submits_a_second_by_one_principal_are_never_refused() {
        var keys = new Idempotency(10_000, 40_000);
        long step = JobLimits.IDEMPOTENCY_FLOOR_MICROS / 7_000;
        for (int i = 0; i < 50_000; i++) {
            assertThat(keys.makeRoom("ops", 1, i * step)).isZero();
            remember(keys, "ops", i, i * step);
        }

        assertThat(keys.find(request("ops", 49_999 - 6_999, 0)))
                .as("within the promise")
                .isNotNull();
        assertThat(keys.find(request("ops", 1, 0))).as("long past it").isNull();
    }

    @Test
    void one_principal_cannot_fill_the_table_for_the_others() {
        var keys = new Idempotency(1_000, 40_000);
        int given = 0;
        while (keys.makeRoom("greedy", 1, 0) == 0) {
            remember(keys, "greedy", given++, 0);
        }

        assertThat(given).isEqualTo(750);
        assertThat(keys.makeRoom("greedy", 1, 1)).isEqualTo(JobLimits.IDEMPOTENCY_FLOOR_MICROS - 1);
        assertThat(keys.makeRoom("modest", 1, 1)).isZero();
        assertThat(keys.find(request("greedy", 0, 0))).isNotNull();
    }

    @Test
    void a_refused_key_is_told_when_there_will_be_room() {
        var keys = new Idempotency(4, 40_000);
        for (String principal : List.of("a", "b", "c", "d")) {
            remember(keys, principal, 0, 5);
        }

        assertThat(keys.makeRoom("e", 1, 10)).isEqualTo(JobLimits.IDEMPOTENCY_FLOOR_MICROS - 5);
        assertThat(keys.makeRoom("e", 1, 5 + JobLimits.IDEMPOTENCY_FLOOR_MICROS))
                .isZero();
    }

    @Test
    void answers_of_many_ids_are_shared_out_like_keys() {
        var keys = new Idempotency(1_000, 4_000);
        var receipts = new ArrayList<JobReply.Receipt>();
        for (int i = 0; i < JobLimits.MAX_BATCH; i++) {
            receipts.add(new JobReply.Receipt(JobId.of(2L * i, 0), JobReply.Deduplication.NEW));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(keys.makeRoom("ops", JobLimits.MAX_BATCH, i)).isZero();
            keys.remember(request("ops", i, i).answeredWith(Receipts.of(receipts)));
        }

        assertThat(keys.makeRoom("ops", JobLimits.MAX_BATCH, 3)).isPositive();
        assertThat(keys.makeRoom("other", JobLimits.MAX_BATCH, 3)).isZero();
    }

    @Test
    void a_queue_keeps_its_counters_when_it_runs_empty() {
        cluster.join("node-1", 1);
        cluster.succeed("node-1", cluster.submit(Cluster.noop()));
        cluster.succeed("node-1", cluster.submit(Cluster.noop()));

        QueueView queue = cluster.ledger.queues().getFirst();

        assertThat(queue.counts()).containsEntry(JobState.Kind.SUCCEEDED, 2L);
    }

    @Test
    void an_unused_queue_gives_way_to_a_new_one_and_one_in_use_does_not() {
        cluster.join("node-1", 1_000);
        JobId unused = cluster.submit(JobSpec.of("noop", "unused", Bytes.EMPTY));
        cluster.succeed("node-1", unused);
        for (int i = 1; i < JobLimits.MAX_QUEUES; i++) {
            cluster.submit(JobSpec.of("noop", "queue-" + i, Bytes.EMPTY));
        }

        cluster.submit(JobSpec.of("noop", "one-more", Bytes.EMPTY));
        var full = cluster.apply(new JobCommand.Submit(List.of(JobSpec.of("noop", "too-many", Bytes.EMPTY))));

        assertThat(full).isInstanceOf(JobReply.Full.class);
        assertThat(cluster.ledger.queues())
                .extracting(QueueView::name)
                .contains("one-more", "queue-1")
                .doesNotContain("unused")
                .hasSize(JobLimits.MAX_QUEUES);
    }

    @Test
    void ids_of_one_entry_stay_unique_over_its_follow_ups() {
        var stamp = cluster.next();
        var submit = new JobCommand.Submit(Collections.nCopies(1_000, Cluster.noop()));
        cluster.ledger.advance(stamp);

        JobReply command = cluster.ledger.apply(stamp, CommandOrigin.INTERNAL, submit);
        JobReply followUp = cluster.ledger.apply(stamp.withOrdinal(1), CommandOrigin.INTERNAL, submit);

        var ids = new ArrayList<JobReply.Receipt>(((JobReply.Submitted) command).receipts());
        ids.addAll(((JobReply.Submitted) followUp).receipts());
        assertThat(ids).doesNotHaveDuplicates().hasSize(2_000);
    }

    @Test
    void what_is_out_of_bounds_cannot_even_be_said() {
        assertThatThrownBy(() -> JobSpec.of("No Op", "default", Bytes.EMPTY)).hasMessageContaining("lower-case");
        assertThatThrownBy(() -> JobSpec.of("", "default", Bytes.EMPTY)).hasMessageContaining("cannot name a handler");
        assertThatThrownBy(() -> JobSpec.of("noop", "ü", Bytes.EMPTY)).hasMessageContaining("cannot name a queue");
        assertThatThrownBy(() -> Cluster.noop().withPriority(101)).hasMessageContaining("use 0 to 100");
        assertThatThrownBy(() -> Cluster.noop().withTimeoutMillis(0)).hasMessageContaining("use 1 to");
        assertThatThrownBy(() -> Cluster.noop().withUniqueKey("é".repeat(129))).hasMessageContaining("256 bytes");
        assertThatThrownBy(() -> JobSpec.of("noop", "default", Bytes.wrap(new byte[(1 << 20) + 1])))
                .hasMessageContaining("upload the data");
        assertThatThrownBy(() -> new JobCommand.Submit(List.of())).hasMessageContaining("use 1 to 1000");
        assertThatThrownBy(() -> new Concurrency("k", 0)).hasMessageContaining("use 1 to");
        assertThatThrownBy(() -> new RunEnding.Success(Bytes.wrap(new byte[(64 << 10) + 1])))
                .hasMessageContaining("upload it");
    }

    private static Idempotency.Entry remember(Idempotency keys, String principal, int key, long micros) {
        var receipt = new JobReply.Receipt(JobId.of(key, 0), JobReply.Deduplication.NEW);
        Idempotency.Entry entry = request(principal, key, micros).answeredWith(Receipts.of(List.of(receipt)));
        keys.remember(entry);
        return entry;
    }

    private static Idempotency.Entry request(String principal, int key, long micros) {
        return Idempotency.request(new CommandOrigin(principal, "key-" + key, Bytes.EMPTY), micros);
    }

    private static CommandOrigin origin(String principal, String key, JobCommand command) {
        return new CommandOrigin(principal, key, command.encode());
    }
}
