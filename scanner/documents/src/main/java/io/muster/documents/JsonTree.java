package io.muster.documents;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Reads JSON into a [TreeNode] tree, without the members the caller does not need.
///
/// UTF-8, UTF-16 and UTF-32 are told apart as RFC 4627 §3 describes. A key given twice is refused: tools disagree
/// which of the two counts, so a file could show one package to us and another to the installer.
public final class JsonTree {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DocumentLimits.NESTING)
                    .maxDocumentLength(DocumentLimits.BYTES)
                    .maxStringLength(DocumentLimits.STRING_CHARS)
                    .maxNameLength(DocumentLimits.STRING_CHARS)
                    .maxNumberLength(DocumentLimits.NUMBER_CHARS)
                    .build())
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA) // bun.lock is written with them
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();

    /// Room made at first: most objects are small, and a hostile file has millions of them.
    private static final int FEW = 3;

    private final JsonParser parser;
    private final Set<String> skipped;
    private int values;

    private JsonTree(JsonParser parser, Set<String> skipped) {
        this.parser = parser;
        this.skipped = skipped;
    }

    /// @throws MalformedDocumentException if it is not JSON, or exceeds [DocumentLimits]
    public static TreeNode.Mapping read(byte[] bytes) {
        return read(bytes, Set.of());
    }

    /// @param skipped names of members that are passed over wherever they stand
    public static TreeNode.Mapping read(byte[] bytes, Set<String> skipped) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            try {
                return new JsonTree(parser, skipped).whole();
            } catch (JacksonException broken) {
                TokenStreamLocation said = broken.getLocation();
                throw malformed(broken, said == null || said.getLineNr() < 1 ? parser.currentLocation() : said);
            }
        } catch (JacksonException broken) {
            // Opening guesses the encoding already, and refuses some byte orders of UTF-32.
            throw malformed(broken, TokenStreamLocation.NA);
        }
    }

    /// The parser's own sentences name Java classes and its switches, so none of them is passed on.
    private static MalformedDocumentException malformed(JacksonException broken, TokenStreamLocation place) {
        String said = String.valueOf(broken.getOriginalMessage());
        String what = switch (broken) {
            case StreamConstraintsException _
            when said.contains("nesting") -> "the nesting depth is over the limit of " + DocumentLimits.NESTING;
            case StreamConstraintsException _ -> "a name, a number or a text is too long";
            case UnexpectedEndOfInputException _ -> "it ends too early";
            default ->
                said.contains("surrogate")
                        ? "half of a surrogate pair stands there alone"
                        : "something stands there that JSON does not have";
        };
        int column = place.getColumnNr();
        return new MalformedDocumentException(
                "this is not JSON: " + what + (column > 0 ? " (column " + column + ")" : ""),
                Math.max(0, place.getLineNr()));
    }

    private TreeNode.Mapping whole() {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedDocumentException("the file does not hold a JSON object at its top", line());
        }
        TreeNode.Mapping top = mapping();
        if (parser.nextToken() != null) {
            throw new MalformedDocumentException("something follows the end of the JSON object", line());
        }
        return top;
    }

    private TreeNode.Mapping mapping() {
        int line = line();
        Map<String, TreeNode> entries = LinkedHashMap.newLinkedHashMap(FEW);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            JsonToken token = parser.nextToken();
            if (skipped.contains(key)) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL && entries.put(key, value(token)) != null) {
                throw new MalformedDocumentException("the key '" + key + "' is given twice in one object", line());
            }
        }
        return new TreeNode.Mapping(entries, line);
    }

    private TreeNode.Listing listing() {
        int line = line();
        var items = new ArrayList<TreeNode>(FEW);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.VALUE_NULL) {
                items.add(value(token));
            }
        }
        return new TreeNode.Listing(items, line);
    }

    private TreeNode value(JsonToken token) {
        if (++values > DocumentLimits.VALUES) {
            throw new MalformedDocumentException(
                    "the file holds more than " + DocumentLimits.VALUES + " values", line());
        }
        if (token == JsonToken.START_OBJECT) {
            return mapping();
        }
        if (token == JsonToken.START_ARRAY) {
            return listing();
        }
        var notation = token == JsonToken.VALUE_STRING ? TreeNode.Notation.QUOTED : TreeNode.Notation.BARE;
        return new TreeNode.Text(parser.getString(), notation, line());
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
