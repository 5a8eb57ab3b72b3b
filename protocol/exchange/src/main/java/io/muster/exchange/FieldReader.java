package io.muster.exchange;

import io.muster.encoding.Bytes;
import io.muster.wire.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A parser in the shape the exchange needs: objects are read field by field, and what a field holds is asked for by
/// type. A value of another type is refused with what was expected; a field nobody asks for is skipped.
final class FieldReader {
    /// Names, labels, fences, addresses: all the short texts of the protocol.
    static final int MAX_NAME = 512;

    private final JsonParser parser;
    private final byte[] source;

    FieldReader(JsonParser parser, byte[] source) {
        this.parser = parser;
        this.source = source;
    }

    /// Where the parser stands, as a JSON Pointer.
    String pointer() {
        return parser.streamReadContext().pathAsPointer().toString();
    }

    /// Enters the object that comes next in the source.
    void open() {
        parser.nextToken();
        openCurrent();
    }

    /// Enters the object that the parser stands on.
    void openCurrent() {
        expect(parser.currentToken() == JsonToken.START_OBJECT, "an object");
    }

    /// The next field's name, with the parser on its value; null at the object's end.
    @Nullable String next() {
        String name = parser.nextName();
        if (name != null) {
            parser.nextToken();
        }
        return name;
    }

    void skip() {
        parser.skipChildren();
    }

    /// Refuses anything after the document.
    void end() {
        expect(parser.nextToken() == null, "nothing after the object");
    }

    String text(int limit) {
        expect(parser.currentToken() == JsonToken.VALUE_STRING, "a string");
        String text = parser.getString();
        expect(text.length() <= limit, "at most " + limit + " characters");
        expect(text.indexOf('\0') < 0, "no character U+0000");
        return text;
    }

    long number() {
        expect(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "a whole number");
        return parser.getLongValue();
    }

    int smallNumber() {
        expect(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "a whole number");
        return parser.getIntValue();
    }

    boolean truth() {
        JsonToken token = parser.currentToken();
        expect(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, "true or false");
        return token == JsonToken.VALUE_TRUE;
    }

    /// Any JSON value, as the bytes it was written with.
    Bytes raw(int limit) {
        Bytes value = RawJson.cut(parser, source);
        expect(value.size() <= limit, "at most " + limit + " bytes");
        return value;
    }

    /// Up to `limit` items, each read by `item` with the parser on its first token.
    <T> List<T> list(int limit, Function<FieldReader, T> item) {
        expect(parser.currentToken() == JsonToken.START_ARRAY, "an array");
        List<T> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(items.size() < limit, "at most " + limit + " items");
            items.add(item.apply(this));
        }
        return items;
    }

    /// Up to `limit` pairs of text.
    Map<String, String> map(int limit) {
        openCurrent();
        Map<String, String> pairs = new TreeMap<>();
        for (String name = next(); name != null; name = next()) {
            expect(pairs.size() < limit, "at most " + limit + " entries");
            pairs.put(name, text(MAX_NAME));
        }
        return pairs;
    }

    private static void expect(boolean condition, String expected) {
        if (!condition) {
            throw new IllegalArgumentException("expected " + expected);
        }
    }
}
