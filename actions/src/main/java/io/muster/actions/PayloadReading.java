package io.muster.actions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.encoding.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What became of a payload that should be the JSON of a record. A wrong one is its submitter's mistake, and an answer.
sealed interface PayloadReading<T> {
    /// The payload is such a record.
    record Read<T>(T value) implements PayloadReading<T> {}

    /// It is none, and why.
    record Unreadable<T>(String why) implements PayloadReading<T> {}

    /// Reads strictly: a field that nobody knows is most likely a mistyped one.
    static <T> PayloadReading<T> of(Bytes json, Class<T> type) {
        try {
            T value = Mapping.JSON.readValue(json.array(), type);
            return value == null ? new Unreadable<>("expected an object, found null") : new Read<>(value);
        } catch (JacksonException e) {
            Throwable cause = e.getCause() instanceof IllegalArgumentException rule ? rule : e;
            return new Unreadable<>(
                    cause instanceof JacksonException read
                            ? read.getOriginalMessage()
                            : String.valueOf(cause.getMessage()));
        }
    }

    /// A record as JSON, without what is absent.
    static Bytes write(Object value) {
        return Bytes.wrap(Mapping.JSON.writeValueAsBytes(value));
    }

    /// Keeps the mapper, which is costly to make, out of the interface.
    final class Mapping {
        private static final JsonMapper JSON = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();

        private Mapping() {}
    }
}
