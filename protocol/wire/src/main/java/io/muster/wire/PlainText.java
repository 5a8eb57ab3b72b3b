package io.muster.wire;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/// Reads text where text is meant: no number in its place, and no NUL in it, at which others would cut it.
final class PlainText extends ValueDeserializer<String> {
    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            context.reportInputMismatch(String.class, "expected a string");
        }
        String text = parser.getString();
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text may not hold the character U+0000");
        }
        return text;
    }
}
