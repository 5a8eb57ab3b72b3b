package io.muster.exchange;

import io.muster.encoding.Bytes;
import io.muster.wire.Json;
import io.muster.wire.JsonFaults;
import io.muster.wire.JsonText;
import io.muster.wire.UnreadableJsonException;
import io.muster.wire.WireLimits;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.util.ByteArrayBuilder;

/// The JSON of the exchange, written and read by hand.
///
/// Every job passes through here twice on the worker and twice on the leader, and 40,000 of them a second leave about
/// 50 µs for everything that happens to one on all nodes: so no tree, no reflection, and payloads are copied unread.
public final class ExchangeCodec {
    private ExchangeCodec() {}

    public static Bytes encode(ExchangeRequest request) {
        return written(generator -> ExchangeWriter.write(generator, request));
    }

    public static Bytes encode(ExchangeAnswer answer) {
        return written(generator -> ExchangeWriter.write(generator, answer));
    }

    /// @throws UnreadableJsonException if it is no request of this protocol, or exceeds [WireLimits]
    public static ExchangeRequest decodeRequest(Bytes json) {
        if (json.size() > WireLimits.MAX_REQUEST_BYTES) {
            throw new UnreadableJsonException(
                    "", "an exchange of " + json.size() + " bytes: at most " + WireLimits.MAX_REQUEST_BYTES);
        }
        JsonText.check(json);
        return decoded(json, RequestReader::read);
    }

    /// @throws UnreadableJsonException if it is no answer of this protocol
    public static ExchangeAnswer decodeAnswer(Bytes json) {
        return decoded(json, AnswerReader::read);
    }

    private static Bytes written(Consumer<JsonGenerator> content) {
        ByteArrayBuilder out = new ByteArrayBuilder();
        try (JsonGenerator generator = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            content.accept(generator);
        }
        return Bytes.wrap(out.toByteArray());
    }

    private static <T> T decoded(Bytes json, Function<FieldReader, T> reading) {
        try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), json.array())) {
            FieldReader fields = new FieldReader(parser, json.array());
            try {
                return reading.apply(fields);
            } catch (JacksonException e) {
                throw new UnreadableJsonException(fields.pointer(), JsonFaults.inWords(e), e);
            } catch (IllegalArgumentException e) {
                throw new UnreadableJsonException(fields.pointer(), String.valueOf(e.getMessage()), e);
            }
        }
    }
}
