package io.muster.http;

import static io.muster.http.LimitsTable.bytes;
import static io.muster.http.LimitsTable.count;
import static io.muster.http.LimitsTable.time;

import io.muster.log.Envelope;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The limits of the shell, as `docs/protocol.md` tells them.
final class HttpLimitsTableTest {
    @Test
    void every_limit_stands_in_the_document_with_its_value() throws IOException {
        var transport = TransportLimits.USUAL;

        LimitsTable.assertHolds(List.of(
                bytes("body of a request", RequestBody.MAX_BYTES, "413"),
                bytes("head of a request", HttpServer.MAX_HEADER_BYTES, "431"),
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
                bytes("idempotency key", Envelope.MAX_NAME_BYTES, "400"),
                bytes("command in the log", Envelope.MAX_BODY_BYTES, "413")));
    }
}
