package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReconciliationTest {
    private final Cluster cluster = new Cluster();

    @Test
    void a_worker_is_told_of_claims_it_does_not_hold_until_it_does() {
        cluster.join("node-1", 2);
        JobId job = cluster.submit(Cluster.noop());

        assertThat(delta(List.of(), List.of()).lacking())
                .extracting(JobView::id)
                .containsExactly(job);
        assertThat(delta(List.of(), List.of()).lacking()).hasSize(1);
        assertThat(delta(List.of(attempt(job, 1)), List.of()).lacking()).isEmpty();
    }

    @Test
    void a_result_is_fresh_until_it_counted_and_then_acknowledged_every_time() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        var attempt = attempt(job, 1);
        assertThat(delta(List.of(), List.of(attempt)).fresh()).containsExactly(attempt);
        assertThat(delta(List.of(), List.of(attempt)).lacking()).isEmpty();

        cluster.succeed("node-1", job);

        for (int i = 0; i < 2; i++) {
            assertThat(delta(List.of(), List.of(attempt)).acknowledged())
                    .containsExactly(new Delta.Acknowledged(attempt, JobReply.ResultVerdict.COUNTED_BEFORE));
        }
    }

    @Test
    void a_worker_is_told_to_drop_what_is_not_its_own_and_why() {
        cluster.join("node-1", 4);
        List<JobId> jobs = cluster.submit(List.of(
                Cluster.noop(),
                Cluster.noop().withTimeoutMillis(1_000),
                Cluster.noop().withTimeoutMillis(60_000)));
        cluster.cancel(jobs.get(0));
        cluster.pass(7 * Cluster.SECOND);
        cluster.succeed("node-1", jobs.get(2));
        JobId unknown = JobId.of(12_345, 0);

        var held =
                List.of(attempt(jobs.get(0), 1), attempt(jobs.get(1), 1), attempt(jobs.get(2), 1), attempt(unknown, 1));
        List<Delta.Drop> drops = delta(held, List.of()).drops();

        assertThat(drops)
                .containsExactly(
                        new Delta.Drop(held.get(0), Delta.Reason.CANCELLED),
                        new Delta.Drop(held.get(1), Delta.Reason.TAKEN_BACK),
                        new Delta.Drop(held.get(2), Delta.Reason.FINISHED),
                        new Delta.Drop(held.get(3), Delta.Reason.UNKNOWN));
    }

    @Test
    void an_old_attempt_is_dropped_although_the_same_worker_has_the_next() {
        cluster.join("node-1", 1);
        JobId job = cluster.submit(Cluster.noop());
        cluster.report("node-1", job, 1, new RunEnding.Released());

        Delta.Of delta = delta(List.of(attempt(job, 1)), List.of());

        assertThat(delta.drops()).containsExactly(new Delta.Drop(attempt(job, 1), Delta.Reason.TAKEN_BACK));
        assertThat(delta.lacking()).extracting(JobView::id).containsExactly(job);
    }

    @Test
    void a_worker_that_is_unknown_lost_or_replaced_is_told_so() {
        var inventory = new Inventory(Cluster.node("node-1"), 1, List.of(), List.of());
        assertThat(cluster.ledger.delta(inventory)).isEqualTo(new Delta.NotJoined());

        cluster.join("node-1", 1);
        cluster.lose("node-1");
        assertThat(cluster.ledger.delta(inventory)).isEqualTo(new Delta.NotJoined());

        cluster.join("node-1", 2, Capacity.of(1, Labels.NONE, List.of()));
        assertThat(cluster.ledger.delta(inventory)).isEqualTo(new Delta.Superseded());
    }

    private Delta.Of delta(List<Inventory.Attempt> held, List<Inventory.Attempt> unacknowledged) {
        var inventory = new Inventory(Cluster.node("node-1"), 1, held, unacknowledged);
        return (Delta.Of) cluster.ledger.delta(inventory);
    }

    private static Inventory.Attempt attempt(JobId job, int number) {
        return new Inventory.Attempt(job, number);
    }
}
