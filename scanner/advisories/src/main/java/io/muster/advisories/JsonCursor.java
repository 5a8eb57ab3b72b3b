package io.muster.advisories;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/// Walks JSON with bounded depth and sizes.
final class JsonCursor implements Cursor {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(AdvisoryReader.MAX_DEPTH)
                    .maxDocumentLength(AdvisoryReader.MAX_RECORD_BYTES)
                    .maxStringLength(AdvisoryReader.MAX_RECORD_BYTES)
                    .build())
            .build();

    private final JsonParser parser;
    private Token current = Token.NULL;

    /// Opening already guesses the encoding, and refuses some byte orders of UTF-32.
    JsonCursor(byte[] bytes) {
        try {
            parser = FACTORY.createParser(ObjectReadContext.empty(), bytes);
        } catch (JacksonException e) {
            throw new MalformedAdvisoryException("", inWords(e));
        }
    }

    @Override
    public Token next() {
        try {
            current = token(parser.nextToken());
            return current;
        } catch (JacksonException e) {
            throw new MalformedAdvisoryException(place(e), inWords(e));
        }
    }

    /// The parser's own sentences name Java classes and its switches, so none of them is passed on.
    private static String inWords(JacksonException e) {
        return switch (e) {
            case StreamConstraintsException _ ->
                "it is nested too deep, or holds a name, a number or a text that is too long";
            case UnexpectedEndOfInputException _ -> "the JSON ends too early";
            default -> "something stands there that JSON does not have";
        };
    }

    private static Token token(@Nullable JsonToken token) {
        if (token == null) {
            return Token.END;
        }
        return switch (token) {
            case START_OBJECT -> Token.OBJECT;
            case END_OBJECT -> Token.END_OBJECT;
            case START_ARRAY -> Token.LIST;
            case END_ARRAY -> Token.END_LIST;
            case PROPERTY_NAME -> Token.FIELD;
            case VALUE_NULL -> Token.NULL;
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> Token.TEXT;
            case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> Token.END;
        };
    }

    @Override
    public Token current() {
        return current;
    }

    @Override
    public String text() {
        try {
            return parser.getString();
        } catch (JacksonException e) {
            throw new MalformedAdvisoryException(place(e), inWords(e));
        }
    }

    @Override
    public String place() {
        return place(parser.currentTokenLocation());
    }

    /// A limit that was passed has no place of its own.
    private String place(JacksonException e) {
        TokenStreamLocation said = e.getLocation();
        return place(said == null || said.getLineNr() < 1 ? parser.currentLocation() : said);
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
