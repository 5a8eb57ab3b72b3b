package io.muster.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.encoding.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// The one way in which the records of this package become JSON and back.
///
/// A component of type [Bytes] is JSON by itself: it is written as it stands, and read as the very bytes that stood in
/// the source, so that a payload that a customer signed is the payload that a worker sees.
public final class Json {
    /// A name that stands twice is refused: one reader takes the first, another the last.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(WireLimits.MAX_NESTING)
                    .maxDocumentLength(2L * WireLimits.MAX_REQUEST_BYTES)
                    .maxStringLength(WireLimits.MAX_REQUEST_BYTES)
                    .maxNameLength(WireLimits.MAX_ERROR_CHARACTERS)
                    .build())
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .addModule(RawJson.module())
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectReader LENIENT =
            MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final ObjectReader STRICT = MAPPER.reader().with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Json() {}

    /// The record as JSON; fields that are null are left out.
    public static Bytes write(Object value) {
        return Bytes.wrap(MAPPER.writeValueAsBytes(value));
    }

    /// Reads what another version may have written: fields that this version does not know are ignored.
    ///
    /// @throws MalformedJsonException if it is not such a record
    public static <T> T read(Bytes json, Class<T> type) {
        return read(LENIENT, json, type);
    }

    /// Reads what a caller asks for: an unknown field is most likely a mistyped one, and is refused.
    ///
    /// @throws MalformedJsonException if it is not such a record
    public static <T> T readStrictly(Bytes json, Class<T> type) {
        JsonText.check(json);
        return read(STRICT, json, type);
    }

    /// Reads what a caller sends in somebody else's shape: fields that this version does not know are ignored.
    ///
    /// @throws MalformedJsonException if it is not such a record
    public static <T> T readLeniently(Bytes json, Class<T> type) {
        JsonText.check(json);
        return read(LENIENT, json, type);
    }

    /// The same bytes, known to be exactly one JSON value.
    ///
    /// @throws MalformedJsonException if they are not
    public static Bytes checked(Bytes json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json.array())) {
            if (parser.nextToken() == null) {
                throw new MalformedJsonException("", "expected a JSON value, found nothing");
            }
            parser.skipChildren();
            parser.finishToken();
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("", "expected one JSON value, found more after it");
            }
            return json;
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    static MalformedJsonException unreadable(JacksonException e) {
        StringBuilder pointer = new StringBuilder();
        if (e instanceof DatabindException databind) {
            for (JacksonException.Reference step : databind.getPath()) {
                pointer.append('/').append(step.getPropertyName() == null ? step.getIndex() : step.getPropertyName());
            }
        }
        return new MalformedJsonException(pointer.toString(), JsonFaults.inWords(e), e);
    }

    private static <T> T read(ObjectReader reader, Bytes json, Class<T> type) {
        try {
            T value = reader.forType(type)
                    .withAttribute(RawJson.SOURCE, json.array())
                    .readValue(json.array());
            if (value == null) {
                throw new MalformedJsonException("", "expected an object, found null");
            }
            return value;
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }
}
