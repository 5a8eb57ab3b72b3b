package io.muster.coordinator;

import static io.muster.coordinator.OneNode.WORKER;
import static io.muster.coordinator.OneNode.noop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.jobs.FinishedJob;
import io.muster.jobs.HistoryBlock;
import io.muster.jobs.Inventory;
import io.muster.jobs.JobId;
import io.muster.jobs.JobLimits;
import io.muster.jobs.JobState;
import io.muster.jobs.RunEnding;
import io.muster.jobs.WorkResult;
import io.muster.jobs.WorkerState;
import io.muster.log.NodeId;
import io.muster.state.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Seam: a node that was left behind is sent a snapshot and goes on from there.
final class CoordinatorInstallTest {
    private static final long PROCESS = 11;

    private final OneNode ahead = new OneNode();
    private final OneNode behind = new OneNode();

    @Test
    void a_node_knows_after_an_installed_snapshot_what_its_sender_knew() {
        ahead.lead();
        JobId job = ahead.submit(noop());
        ahead.exchange(PROCESS, List.of(), List.of());

        behind.install(ahead.sections(), ahead.term);

        assertThat(behind.coordinator.state().digest())
                .isEqualTo(ahead.coordinator.state().digest());
        assertThat(behind.coordinator.state().jobs().find(job))
                .isEqualTo(ahead.coordinator.state().jobs().find(job));
        assertThat(behind.coordinator.isLeading()).isFalse();
    }

    @Test
    void it_leads_from_there_and_grants_the_workers_a_full_lease() {
        ahead.lead();
        JobId job = ahead.submit(noop());
        ahead.exchange(PROCESS, List.of(), List.of());
        behind.install(ahead.sections(), ahead.term);

        behind.lead();
        behind.pass(2_900);
        var before = workerState();
        var held = List.of(new Inventory.Attempt(job, 1));
        var answers = behind.exchange(PROCESS, held, List.of(success(job)));
        behind.pass(200);

        assertThat(before).isEqualTo(WorkerState.ACTIVE);
        assertThat(answers.getFirst()).isInstanceOf(WorkerAnswer.Told.class);
        assertThat(workerState()).isEqualTo(WorkerState.ACTIVE);
        assertThat(behind.coordinator.state().jobs().counts()).containsEntry(JobState.Kind.SUCCEEDED, 1L);
    }

    @Test
    void its_history_goes_on_in_the_block_that_was_open() {
        ahead.lead();
        ahead.exchange(PROCESS, List.of(), List.of());
        finish(ahead, JobLimits.MAX_BLOCK_JOBS + 5);
        behind.install(ahead.sections(), ahead.term);

        behind.lead();
        behind.exchange(PROCESS, List.of(), List.of());
        finish(behind, JobLimits.MAX_BLOCK_JOBS - 5);

        assertThat(ahead.history).extracting(HistoryBlock::number).containsExactly(1L);
        assertThat(behind.history).extracting(HistoryBlock::number).containsExactly(2L);
        assertThat(behind.history.getFirst().jobs())
                .extracting(FinishedJob::id)
                .startsWith(
                        ahead.coordinator.state().jobs().openBlock().getFirst().id());
    }

    @Test
    void a_node_that_led_tells_its_workers_to_ask_another() {
        behind.lead();
        behind.cutOff();
        var waiting = behind.exchange(PROCESS, List.of(), List.of());
        ahead.follow(new NodeId("node-1"));
        ahead.follow(new NodeId("node-2"));

        behind.install(ahead.sections(), ahead.term);

        assertThat(waiting).singleElement().isInstanceOf(WorkerAnswer.NotLeading.class);
        assertThat(behind.coordinator.isLeading()).isFalse();
        assertThat(behind.exchange(PROCESS, List.of(), List.of()))
                .singleElement()
                .isInstanceOf(WorkerAnswer.NotLeading.class);
    }

    @Test
    void a_snapshot_that_is_damaged_anywhere_changes_nothing() {
        ahead.lead();
        ahead.submit(noop());
        behind.lead();
        behind.submit(noop());
        var before = behind.coordinator.state();
        long digest = before.digest();

        ahead.sections().forEach((name, whole) -> {
            byte[] last = whole.getLast().array().clone();
            last[last.length - 1] ^= 1;
            var chunks = new ArrayList<>(whole);
            chunks.set(chunks.size() - 1, Bytes.wrap(last));
            var damaged = new LinkedHashMap<>(ahead.sections());
            damaged.put(name, chunks);
            assertThatThrownBy(() -> behind.install(damaged, 9))
                    .as(name)
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining(name);
        });

        assertThat(behind.coordinator.state()).isSameAs(before);
        assertThat(before.digest()).isEqualTo(digest);
        assertThat(behind.coordinator.isLeading()).isTrue();
    }

    @Test
    void who_listens_hears_of_it_and_then_of_every_change_again() {
        ahead.lead();
        ahead.submit(noop());
        var heard = new ArrayList<String>();
        behind.coordinator.listen(new Change.Listener() {
            @Override
            public void changed(long index, int number, long micros, Change change) {
                heard.add("changed at " + index);
            }

            @Override
            public void installed(long index) {
                heard.add("installed up to " + index);
            }
        });

        behind.install(ahead.sections(), ahead.term);
        behind.lead();

        assertThat(heard).containsExactly("installed up to 2", "changed at 3");
    }

    @Test
    void a_listener_that_fails_does_not_keep_the_node_from_going_on() {
        ahead.lead();
        behind.coordinator.listen(new Change.Listener() {
            @Override
            public void changed(long index, int number, long micros, Change change) {}

            @Override
            public void installed(long index) {
                throw new IllegalStateException("no view of it");
            }
        });

        behind.install(ahead.sections(), ahead.term);

        assertThat(behind.coordinator.state().appliedIndex()).isEqualTo(1);
        assertThat(behind.requestFailures).containsExactly("telling of a snapshot up to entry 1");
    }

    @Test
    void a_frozen_state_is_written_once_the_history_before_it_is_on_disk() {
        ahead.lead();
        var order = new ArrayList<String>();
        ahead.onAwaitWritten = () -> order.add("history");

        try (var frozen = ahead.coordinator.freeze()) {
            assertThat(order).isEmpty();
            frozen.write((name, _) -> order.add(name));
            assertThat(frozen.lastIndex()).isEqualTo(1);
            assertThat(frozen.lastTerm()).isEqualTo(1);
        }

        assertThat(order).startsWith("history", "state", "state", "cluster");
    }

    private WorkerState workerState() {
        return behind.coordinator.state().jobs().worker(WORKER).orElseThrow().state();
    }

    private static void finish(OneNode node, int count) {
        IntStream.range(0, count).forEach(_ -> {
            JobId job = node.submit(noop());
            node.exchange(PROCESS, List.of(new Inventory.Attempt(job, 1)), List.of(success(job)));
        });
    }

    private static WorkResult success(JobId job) {
        return new WorkResult(job, 1, new RunEnding.Success(Bytes.utf8("{}")));
    }
}
