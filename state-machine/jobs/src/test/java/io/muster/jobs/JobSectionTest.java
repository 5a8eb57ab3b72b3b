package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.log.ReplyContract;
import io.muster.log.SectionContract;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JobSectionTest {
    private final Cluster cluster = new Cluster();

    @Test
    void the_stored_form_of_a_small_ledger_never_changes() {
        fill();

        Golden.check("job-section.txt", SectionContract.forms(cluster.ledger.freeze()));
    }

    @Test
    void the_stored_replies_never_change() {
        JobId job = JobId.of(7, 1);
        var replies = List.of(
                new JobReply.Submitted(List.of(
                        new JobReply.Receipt(job, JobReply.Deduplication.NEW),
                        new JobReply.Receipt(job, JobReply.Deduplication.ALREADY_LIVE))),
                new JobReply.KeyConflict("key"),
                new JobReply.Full("queues", 1_000, 60_000),
                new JobReply.Changed(List.of(JobReply.ChangeResult.values())),
                new JobReply.Swept(3, 1, new JobSlice.Next.After(job), JobId.of(9, 0)),
                new JobReply.Swept(3, 1, new JobSlice.Next.End(), JobId.of(9, 0)),
                new JobReply.Reported(List.of(JobReply.ResultVerdict.values())),
                new JobReply.Done(),
                new JobReply.NotJoined(),
                new JobReply.Superseded());

        Golden.check("job-replies.txt", ReplyContract.check(cluster.ledger.replies(), JobReply.class, replies));
    }

    @Test
    void the_section_reads_back_whole_or_not_at_all() {
        fill();

        SectionContract.check(cluster.ledger, () -> new JobLedger(_ -> {}));
    }

    @Test
    void a_ledger_read_back_goes_on_as_the_one_that_was_written() {
        fill();
        var copy = new Cluster();
        copy.ledger = new JobLedger(copy.events::add);
        copy.ledger.fill(chunks());
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
        SectionContract.check(cluster.ledger, () -> new JobLedger(_ -> {}));
    }

    @Test
    void a_job_that_is_larger_than_a_chunk_reads_back() {
        var payload = Bytes.wrap(new byte[JobLimits.MAX_PAYLOAD_BYTES]);
        JobId job = cluster.submit(JobSpec.of("noop", "default", payload));

        var copy = new JobLedger(_ -> {});
        copy.fill(chunks());

        assertThat(copy.find(job)).isEqualTo(cluster.ledger.find(job));
    }

    @Test
    void what_happens_to_a_job_later_does_not_show_in_a_frozen_ledger() {
        fill();
        var frozen = cluster.ledger.freeze();
        var before = SectionContract.chunks(frozen);

        cluster.join("node-3", 5);
        cluster.pass(100 * Cluster.SECOND);
        cluster.lose("node-1");
        cluster.submit(Collections.nCopies(3, Cluster.noop()));

        assertThat(SectionContract.chunks(frozen)).isEqualTo(before).isNotEqualTo(chunks());
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
        return SectionContract.chunks(cluster.ledger.freeze());
    }
}
