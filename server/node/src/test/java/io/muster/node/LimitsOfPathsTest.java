package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.AccessLimits;
import io.muster.encoding.Bytes;
import io.muster.exchange.ExchangeCodec;
import io.muster.exchange.ExchangeRequest;
import io.muster.history.BlockFrame;
import io.muster.jobs.Capacity;
import io.muster.jobs.Checkpoint;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobId;
import io.muster.jobs.JobLimits;
import io.muster.jobs.JobSpec;
import io.muster.jobs.Labels;
import io.muster.jobs.ReportParts;
import io.muster.jobs.RunEnding;
import io.muster.jobs.WorkResult;
import io.muster.log.Entries;
import io.muster.log.Envelope;
import io.muster.log.NodeId;
import io.muster.raft.Batch;
import io.muster.values.ValueLimits;
import io.muster.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Every path from a request to the log and back has several limits, each in a module of its own. Whatever passes the
/// first must pass the next: else it throws where nobody expects it.
final class LimitsOfPathsTest {
    private static final int LENGTH_FIELD = 5;

    @Test
    void what_the_wire_lets_in_the_ledger_takes() {
        assertThat(WireLimits.MAX_PAYLOAD_BYTES).isLessThanOrEqualTo(JobLimits.MAX_PAYLOAD_BYTES);
        assertThat(WireLimits.MAX_RESULT_BYTES).isLessThanOrEqualTo(JobLimits.MAX_RESULT_BYTES);
        assertThat(WireLimits.MAX_CHECKPOINT_BYTES).isLessThanOrEqualTo(JobLimits.MAX_CHECKPOINT_BYTES);
        assertThat(WireLimits.MAX_BATCH_JOBS).isLessThanOrEqualTo(JobLimits.MAX_BATCH);
        assertThat(WireLimits.MAX_PAGE_ITEMS).isLessThanOrEqualTo(JobLimits.MAX_PAGE);
        assertThat(WireLimits.MAX_SLOTS).isLessThanOrEqualTo(JobLimits.MAX_SLOTS);
        assertThat(WireLimits.MAX_SLOTS).isLessThanOrEqualTo(JobLimits.MAX_REPORT);
        assertThat(WireLimits.MAX_LABELS).isLessThanOrEqualTo(JobLimits.MAX_WORKER_LABELS);
        assertThat(WireLimits.MAX_HANDLERS).isLessThanOrEqualTo(JobLimits.MAX_HANDLERS);
        assertThat(AccessLimits.MAX_NAME_BYTES).isLessThanOrEqualTo(Envelope.MAX_NAME_BYTES);
    }

    @Test
    void the_largest_exchange_becomes_commands_that_fit_into_entries() {
        var results = new ArrayList<WorkResult>();
        var checkpoints = new ArrayList<Checkpoint>();
        var largest = Bytes.wrap(new byte[JobLimits.MAX_RESULT_BYTES]);
        for (int i = 1; i <= WireLimits.MAX_SLOTS; i++) {
            var ending = i % 3 == 0
                    ? new RunEnding.Failure(
                            "\uFFFF".repeat(WireLimits.MAX_ERROR_CHARACTERS), RunEnding.RetryAdvice.RETRY)
                    : new RunEnding.Success(largest);
            results.add(new WorkResult(new JobId(Long.MAX_VALUE - i), Integer.MAX_VALUE, ending));
            checkpoints.add(new Checkpoint(new JobId(Long.MAX_VALUE - i), Integer.MAX_VALUE, largest));
        }

        var parts = ReportParts.of(new NodeId("w".repeat(63)), Long.MIN_VALUE, results, checkpoints);

        assertThat(parts.stream().mapToInt(part -> part.results().size()).sum()).isEqualTo(WireLimits.MAX_SLOTS);
        assertThat(parts)
                .allSatisfy(part -> assertThat(part.encode().size())
                        .isLessThanOrEqualTo(JobLimits.MAX_REPORT_BYTES)
                        .isLessThanOrEqualTo(Envelope.MAX_BODY_BYTES));
    }

    @Test
    void the_largest_offer_of_a_worker_fits_into_an_entry() {
        var labels = IntStream.range(0, JobLimits.MAX_WORKER_LABELS)
                .mapToObj(i -> "%03d".formatted(i) + "x".repeat(WireLimits.MAX_LABEL_BYTES - 3))
                .toList();
        var handlers = IntStream.range(0, JobLimits.MAX_HANDLERS)
                .mapToObj(i -> "%03d".formatted(i) + "x".repeat(JobLimits.MAX_NAME - 3))
                .toList();
        var capacity = Capacity.of(JobLimits.MAX_SLOTS, Labels.of(labels), handlers);
        var join = new JobCommand.JoinWorker(new NodeId("w".repeat(63)), 1, capacity);

        assertThat(join.encode().size()).isLessThan(Envelope.MAX_BODY_BYTES);
    }

    @Test
    void the_largest_job_fits_into_an_entry() {
        var payload = Bytes.wrap(new byte[JobLimits.MAX_PAYLOAD_BYTES]);
        var submit = new JobCommand.Submit(List.of(JobSpec.of("t".repeat(64), "q".repeat(64), payload)));

        assertThat(submit.encode().size()).isLessThan(Envelope.MAX_BODY_BYTES);
    }

    @Test
    void the_largest_value_fits_into_an_entry() {
        assertThat(ValueLimits.MAX_VALUE_BYTES + ValueLimits.MAX_KEY_BYTES + 64).isLessThan(Envelope.MAX_BODY_BYTES);
    }

    @Test
    void the_largest_envelope_is_an_entry() {
        String name = "n".repeat(Envelope.MAX_NAME_BYTES);
        var envelope = new Envelope(1, 1, name, name, name, Bytes.wrap(new byte[Envelope.MAX_BODY_BYTES]));

        assertThat(envelope.encode().length).isLessThanOrEqualTo(Entries.MAX_ENTRY_BYTES);
    }

    @Test
    void the_fullest_list_of_entries_is_a_batch() {
        long fullest =
                Math.max(Entries.SOFT_MAX_BYTES, Entries.MAX_ENTRY_BYTES) + (long) Entries.MAX_COUNT * LENGTH_FIELD;

        assertThat(fullest).isLessThanOrEqualTo(Batch.MAX_BODY_BYTES);
        assertThat(Entries.MAX_COUNT).isLessThanOrEqualTo(Batch.MAX_COUNT);
    }

    @Test
    void the_largest_history_block_fits_into_its_frame() {
        int specAndMessages = 4 * JobLimits.MAX_NAME
                + 6 * JobLimits.MAX_KEY_BYTES
                + JobLimits.MAX_WORKER_LABELS * (WireLimits.MAX_LABEL_BYTES + LENGTH_FIELD)
                + 3 * JobLimits.MAX_MESSAGE_BYTES
                + 256;
        int largest =
                JobLimits.MAX_BLOCK_BYTES + JobLimits.MAX_PAYLOAD_BYTES + JobLimits.MAX_RESULT_BYTES + specAndMessages;

        assertThat(largest).isLessThan(BlockFrame.MAX_BYTES);
    }

    @Test
    void a_worker_that_holds_all_it_may_still_fits_into_a_request_without_results() {
        var held = IntStream.range(0, WireLimits.MAX_SLOTS)
                .mapToObj(i -> new io.muster.exchange.HeldRun(
                        new io.muster.exchange.AttemptId(new JobId(Long.MAX_VALUE - i).toString(), Integer.MAX_VALUE)))
                .toList();
        var request = new ExchangeRequest("w", 1, 1, 1, Map.of(), List.of(), false, held, List.of());

        // The worker gives results a half and checkpoints a quarter of a request.
        assertThat(ExchangeCodec.encode(request).size()).isLessThan(WireLimits.MAX_REQUEST_BYTES / 8);
    }
}
