package io.muster.dispatch;

import static io.muster.http.LimitsTable.bytes;
import static io.muster.http.LimitsTable.count;
import static io.muster.http.LimitsTable.time;

import io.muster.http.LimitsTable;
import io.muster.http.TransportLimits;
import io.muster.wire.WireLimits;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The limits of channels and exchanges, as `docs/protocol.md` tells them.
final class ChannelLimitsTableTest {
    @Test
    void every_limit_stands_in_the_document_with_its_value() throws IOException {
        var transport = TransportLimits.USUAL;

        LimitsTable.assertHolds(List.of(
                time("whole exchange on a channel, and an answer read", transport.hearing(), "closed"),
                count("channels at one node", transport.channels(), "429"),
                count("channels of a worker's key", WorkChannels.MAX_PER_WORKER_KEY, "oldest closed, 1013"),
                count("channels of another key", WorkChannels.MAX_PER_OPEN_KEY, "oldest closed, 1013"),
                count("answers on a channel that wait to be read", WorkChannel.MAX_ANSWERS, "closed"),
                bytes("exchange", WireLimits.MAX_REQUEST_BYTES, "413, 1009"),
                bytes("first exchange on a channel", WireLimits.MAX_FIRST_EXCHANGE_BYTES, "1009"),
                bytes("checkpoint of a run", WireLimits.MAX_CHECKPOINT_BYTES, "refused, 1007"),
                count("slots of a worker", WireLimits.MAX_SLOTS, "refused, 1007"),
                count("handlers of a worker", WireLimits.MAX_HANDLERS, "refused, 1007")));
    }
}
