package io.muster.manifests;

import io.muster.documents.DocumentLimits;
import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads the literal terms of Elixir that a mix.lock is made of into a [TreeNode] tree.
///
/// A map becomes a mapping; tuples and lists become listings; atoms, strings and other words become text. A pair
/// of a keyword list (`hex: :app`) becomes the text of its key followed by its value. Nothing is evaluated.
final class ElixirTerms {

    private final String text;
    private int at;
    private int line = 1;
    private int values;

    private ElixirTerms(String text) {
        this.text = text;
    }

    static TreeNode.Mapping read(String text) {
        var terms = new ElixirTerms(text);
        terms.skipBlank();
        if (!text.startsWith("%{", terms.at)) {
            throw new MalformedDocumentException(
                    "the file does not begin with '%{': this is not a mix.lock", terms.line);
        }
        TreeNode.Mapping top = terms.map(0);
        terms.skipBlank();
        if (terms.at < text.length()) {
            throw new MalformedDocumentException("something follows the end of the map", terms.line);
        }
        return top;
    }

    private TreeNode.Mapping map(int depth) {
        int begun = line;
        at += 2;
        Map<String, TreeNode> entries = new LinkedHashMap<>();
        while (!closes('}')) {
            String key = word();
            skipBlank();
            if (text.startsWith("=>", at)) {
                at += 2;
            }
            TreeNode value = value(depth + 1);
            if (entries.put(key, value) != null) {
                throw new MalformedDocumentException("the key '" + key + "' is given twice", line);
            }
        }
        return new TreeNode.Mapping(entries, begun);
    }

    private TreeNode value(int depth) {
        skipBlank();
        if (depth > DocumentLimits.NESTING) {
            throw new MalformedDocumentException(
                    "terms are nested more than " + DocumentLimits.NESTING + " deep", line);
        }
        if (++values > DocumentLimits.VALUES) {
            throw new MalformedDocumentException("the file holds more than " + DocumentLimits.VALUES + " values", line);
        }
        int begun = line;
        return switch (peek()) {
            case '{' -> listing('}', depth);
            case '[' -> listing(']', depth);
            case '%' -> map(depth);
            default -> new TreeNode.Text(word(), TreeNode.Notation.BARE, begun);
        };
    }

    private TreeNode.Listing listing(char end, int depth) {
        int begun = line;
        at++;
        var items = new ArrayList<TreeNode>();
        while (!closes(end)) {
            items.add(value(depth + 1));
        }
        return new TreeNode.Listing(items, begun);
    }

    /// Passes over blanks and commas; takes the closing sign when it is next.
    private boolean closes(char end) {
        skipBlank();
        if (at == text.length()) {
            throw new MalformedDocumentException("the file ends before '" + end + "'", line);
        }
        if (peek() != end) {
            return false;
        }
        at++;
        return true;
    }

    /// A string, or the letters of an atom, key or number without the colon that marks it.
    private String word() {
        skipBlank();
        boolean isAtom = peek() == ':';
        if (isAtom) {
            at++;
        }
        String word = peek() == '"' ? string() : bare();
        if (peek() == ':' && !isAtom) {
            at++;
        }
        return word;
    }

    private String bare() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(peek()) || "_.-+@?!".indexOf(peek()) >= 0)) {
            at++;
        }
        if (start == at) {
            throw new MalformedDocumentException("'" + peek() + "' stands where a term should", line);
        }
        return text.substring(start, at);
    }

    private String string() {
        var value = new StringBuilder();
        at++;
        while (at < text.length() && peek() != '"') {
            if (peek() == '\\') {
                at++;
            }
            value.append(next());
        }
        if (at == text.length() || value.length() > DocumentLimits.STRING_CHARS) {
            throw new MalformedDocumentException(
                    "a string does not end, or has more than " + DocumentLimits.STRING_CHARS + " characters", line);
        }
        at++;
        return value.toString();
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private char next() {
        if (at == text.length()) {
            throw new MalformedDocumentException("the file ends in the middle of a string", line);
        }
        char c = text.charAt(at++);
        if (c == '\n') {
            line++;
        }
        return c;
    }

    private void skipBlank() {
        while (at < text.length() && (Character.isWhitespace(peek()) || peek() == ',')) {
            next();
        }
    }
}
