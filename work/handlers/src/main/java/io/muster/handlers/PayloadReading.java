package io.muster.handlers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.encoding.Bytes;
import io.muster.wire.JsonFaults;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What became of a payload that should be the JSON of a record. A wrong one is its submitter's
/// mistake, and an answer.
sealed interface PayloadReading<T> {
    /// A name that is shown is cut here.
    int SHOWN_CHARACTERS = 60;

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
            return new Unreadable<>(
                    e.getCause() instanceof IllegalArgumentException rule
                            ? String.valueOf(rule.getMessage())
                            : place(e) + JsonFaults.inWords(e));
        }
    }

    private static String place(JacksonException e) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            path.append('/').append(step.getPropertyName() == null ? step.getIndex() : shown(step.getPropertyName()));
        }
        var said = e.getLocation();
        var location = said != null && said.getLineNr() > 0 || !(e.processor() instanceof JsonParser parser)
                ? said
                : parser.currentLocation();
        boolean isKnown = location != null && location.getLineNr() > 0;
        return (path.isEmpty() ? "" : path + ": ")
                + (isKnown ? "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": " : "");
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
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
