package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.encoding.MalformedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SnapshotTest {
    private final Cluster cluster = new Cluster();

    @Test
    void the_stored_form_of_a_small_ledger_never_changes() {
        fill();
        Map<String, byte[]> forms = new LinkedHashMap<>();
        List<Bytes> chunks = chunks();
        for (int i = 0; i < chunks.size(); i++) {
            forms.put("chunk-" + i, chunks.get(i).array());
        }

        Golden.check("job-snapshot.txt", forms);
    }

    @Test
    void a_ledger_read_back_goes_on_as_the_one_that_was_written() {
        fill();
        var copy = new Cluster();
        copy.ledger = JobSnapshot.read(chunks(), copy.events::add);
        copy.index = cluster.index;
        copy.micros = cluster.micros;
        copy.elapsedMicros = cluster.elapsedMicros;

        for (Cluster each : List.of(cluster, copy)) {
            each.join("node-3", 5);
            each.submit(Collections.nCopies(3, Cluster.noop()));
            each.pass(60 * Cluster.SECOND);
            each.lose("node-3");
        }

        assertThat(copy.ledger.digest(0)).isEqualTo(cluster.ledger.digest(0));
        assertThat(chunks(copy)).isEqualTo(chunks());
    }

    @Test
    void large_parts_take_several_chunks() {
        for (int i = 0; i < 30; i++) {
            cluster.submit(Collections.nCopies(10, JobSpec.of("noop", "default", Bytes.wrap(new byte[10_000]))));
        }

        List<Bytes> chunks = chunks();

        assertThat(chunks).hasSizeGreaterThan(4);
        assertThat(chunks).allMatch(chunk -> chunk.size() < JobSnapshot.CHUNK_BYTES + 20_000);
        assertThat(JobSnapshot.read(chunks, _ -> {}).counts()).containsEntry(JobState.Kind.QUEUED, 300L);
    }

    @Test
    void a_damaged_chunk_is_refused_wherever_the_damage_is() {
        fill();
        for (int at = 0; at < chunks().size(); at++) {
            List<Bytes> chunks = new ArrayList<>(chunks());
            byte[] damaged = chunks.get(at).array().clone();
            damaged[damaged.length / 2] ^= 1;
            chunks.set(at, Bytes.wrap(damaged));

            assertThatThrownBy(() -> JobSnapshot.read(chunks, _ -> {})).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void a_snapshot_that_breaks_off_or_lost_its_order_is_refused() {
        fill();
        List<Bytes> cut = chunks().subList(0, chunks().size() - 1);
        List<Bytes> headless = chunks().subList(1, chunks().size());
        List<Bytes> reversed = chunks().reversed();

        for (List<Bytes> bad : List.of(cut, headless, reversed)) {
            assertThatThrownBy(() -> JobSnapshot.read(bad, _ -> {})).isInstanceOf(MalformedException.class);
        }
    }

    /// At least one of everything that a ledger can hold.
    private void fill() {
        cluster.lead("node-1");
        cluster.join("node-1", 2);
        cluster.join("node-2", 1);
        cluster.join("node-2", 2, Capacity.of(1, Labels.of("gpu"), List.of("noop")));
        cluster.apply(new JobCommand.ConfigureQueue("default", QueueSettings.initial(QueueSettings.AUDITS)));
        JobSpec picky = Cluster.noop().withLabels(Labels.of("gpu"));
        JobId dead = cluster.submit(picky.withRetry(RetryPolicy.NEVER));
        cluster.report("node-2", 2, dead, 1, Cluster.failure());
        JobId failed = cluster.submit(picky);
        var checkpoint = new Checkpoint(failed, 1, Bytes.utf8("{}"));
        cluster.apply(new JobCommand.ReportWork(Cluster.node("node-2"), 2, List.of(), List.of(checkpoint)));
        cluster.report("node-2", 2, failed, 1, Cluster.failure());
        var submit = new JobCommand.Submit(List.of(Cluster.noop().withUniqueKey("u"), Cluster.sleep()));
        cluster.apply(new CommandOrigin("ops", "k", submit.encode()), submit);
        cluster.submit(Cluster.noop().withDelayMillis(90_000));
        cluster.cancel(cluster.submit(Cluster.noop().withOwner("audit-1")));
        cluster.submit(List.of(
                Cluster.noop(), Cluster.noop().withPriority(3), Cluster.noop().withAffinity("a")));
        assertThat(cluster.ledger.counts())
                .containsEntry(JobState.Kind.DEAD, 1L)
                .containsEntry(JobState.Kind.SCHEDULED, 2L)
                .containsEntry(JobState.Kind.CLAIMED, 2L)
                .containsEntry(JobState.Kind.QUEUED, 3L);
    }

    private List<Bytes> chunks() {
        return chunks(cluster);
    }

    private static List<Bytes> chunks(Cluster cluster) {
        List<Bytes> chunks = new ArrayList<>();
        JobSnapshot.write(cluster.ledger, chunks::add);
        return chunks;
    }
}
