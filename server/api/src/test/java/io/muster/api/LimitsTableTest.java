package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.AccessLimits;
import io.muster.jobs.JobLimits;
import io.muster.log.Envelope;
import io.muster.values.ValueLimits;
import io.muster.wire.WireLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// The table of limits in `docs/protocol.md` says what the code does. Those of the node port are held by `raft`.
final class LimitsTableTest {
    @Test
    void every_limit_of_the_api_and_of_exchanges_stands_in_the_document_with_its_value() throws IOException {
        String document = Files.readString(Path.of("..", "..", "docs", "protocol.md"));

        for (String row : rows()) {
            assertThat(document.lines()).contains(row);
        }
    }

    private static List<String> rows() {
        var transport = TransportLimits.USUAL;
        return List.of(
                bytes("body of a request", RequestBody.MAX_BYTES, "413"),
                bytes("head of a request", ApiServer.MAX_HEADER_BYTES, "431"),
                count("requests under way", Admission.MAX_REQUESTS, "429"),
                count("requests under way of one key", Admission.MAX_REQUESTS_PER_KEY, "429"),
                bytes("bytes under way, and an eighth of the heap", Admission.MAX_BYTES, "429"),
                bytes("bytes under way of one key", Admission.MAX_KEY_BYTES, "429"),
                count("connections", transport.connections(), "closed"),
                count("connections from one address", transport.perAddress(), "closed"),
                time("head of a request, from its first byte on", transport.head(), "closed"),
                time("body of a request", transport.body(), "408"),
                bytes("body of a request, least a second", transport.pace().bytesPerSecond(), "408"),
                time("which counts after", transport.pace().after(), "408"),
                time("answer of a request, read", transport.whole(), "closed"),
                time("whole exchange on a channel, and an answer read", transport.hearing(), "closed"),
                count("channels at one node", transport.channels(), "429"),
                count("channels of a worker's key", WorkChannels.MAX_PER_WORKER_KEY, "oldest closed, 1013"),
                count("channels of another key", WorkChannels.MAX_PER_OPEN_KEY, "oldest closed, 1013"),
                count("answers on a channel that wait to be read", WorkChannel.MAX_ANSWERS, "closed"),
                bytes("exchange", WireLimits.MAX_REQUEST_BYTES, "413, 1009"),
                bytes("first exchange on a channel", WireLimits.MAX_FIRST_EXCHANGE_BYTES, "1009"),
                count("event streams at one node", EventHub.MAX_LISTENERS, "429"),
                count("event streams of one key", EventHub.MAX_LISTENERS_PER_KEY, "429"),
                count("events that a stream can be behind", EventHub.RING_SIZE, "reset"),
                count("items on a page", WireLimits.MAX_PAGE_ITEMS, "400"),
                bytes("page of jobs", JobListing.MAX_PAGE_BYTES, "cursor"),
                count("jobs that one look of a page sees", JobLimits.MAX_LOOK, "cursor"),
                count("findings in one answer", AuditViews.MAX_FINDINGS, "notice"),
                bytes("results of one audit in one answer", AuditViews.MAX_RESULT_BYTES, "notice"),
                count("jobs in one submit", WireLimits.MAX_BATCH_JOBS, "422"),
                bytes("payload of a job", WireLimits.MAX_PAYLOAD_BYTES, "422"),
                bytes("result of a run", WireLimits.MAX_RESULT_BYTES, "attempt failed"),
                bytes("checkpoint of a run", WireLimits.MAX_CHECKPOINT_BYTES, "refused, 1007"),
                count("labels of a job or worker", WireLimits.MAX_LABELS, "422"),
                bytes("label", WireLimits.MAX_LABEL_BYTES, "422"),
                count("slots of a worker", WireLimits.MAX_SLOTS, "refused, 1007"),
                count("handlers of a worker", WireLimits.MAX_HANDLERS, "refused, 1007"),
                count("levels of nesting in JSON", WireLimits.MAX_NESTING, "400"),
                bytes("idempotency key", Envelope.MAX_NAME_BYTES, "400"),
                bytes("command in the log", Envelope.MAX_BODY_BYTES, "413"),
                bytes("value", ValueLimits.MAX_VALUE_BYTES, "refused"),
                count("keys of the API", AccessLimits.MAX_KEYS, "429"));
    }

    private static String count(String what, long most, String then) {
        return row(what, "%,d".formatted(most), then);
    }

    private static String bytes(String what, long most, String then) {
        boolean isWholeMiB = most % (1 << 20) == 0;
        boolean isWholeKiB = most % (1 << 10) == 0;
        String size = isWholeMiB ? (most >> 20) + " MiB" : isWholeKiB ? (most >> 10) + " KiB" : most + " bytes";
        return row(what, size, then);
    }

    private static String time(String what, Duration most, String then) {
        return row(what, most.toSeconds() + " s", then);
    }

    private static String row(String what, String most, String then) {
        return String.format(Locale.ROOT, "| %s | %s | %s |", what, most, then);
    }
}
