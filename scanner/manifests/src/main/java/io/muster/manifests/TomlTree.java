package io.muster.manifests;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads TOML 1.0 into a [Datum] tree; numbers, booleans and dates are kept as the text they are written as.
///
/// Own code because lockfiles need only this much of the format, with line numbers and bounds; the parsers at
/// hand keep a syntax tree several times the size of the file. Linear in the file's length. What TOML forbids (a
/// key or table given twice) is refused.
final class TomlTree {

    private final TomlScanner in;
    private final Map<String, Datum> root = new LinkedHashMap<>();
    /// Tables that had their header, and inline tables and arrays: none of them may be opened again.
    private final Set<Object> closed = Collections.newSetFromMap(new IdentityHashMap<>());
    private Map<String, Datum> current = root;
    private int values;

    private TomlTree(String text) {
        in = new TomlScanner(text);
    }

    static Datum.Mapping read(String text) {
        var tree = new TomlTree(text);
        tree.expressions();
        return new Datum.Mapping(tree.root, 1);
    }

    private void expressions() {
        while (in.skipToExpression()) {
            if (in.peek() == '[') {
                header();
            } else {
                pair(current, 0);
            }
            in.endOfExpression();
        }
    }

    private void header() {
        int line = in.line();
        in.take('[');
        boolean isArray = in.tryTake('[');
        List<String> path = in.dottedKey();
        in.take(']');
        if (isArray) {
            in.take(']');
            current = appended(path, line);
            return;
        }
        current = descend(root, path, line);
        if (!closed.add(current)) {
            throw new Malformed("the table [" + String.join(".", path) + "] is given twice", line);
        }
    }

    private Map<String, Datum> appended(List<String> path, int line) {
        Map<String, Datum> parent = descend(root, path.subList(0, path.size() - 1), line);
        Datum array = parent.computeIfAbsent(path.getLast(), key -> new Datum.Listing(new ArrayList<>(), line));
        if (!(array instanceof Datum.Listing(List<Datum> items, int begun)) || closed.contains(items)) {
            throw new Malformed("'" + path.getLast() + "' is already something other than an array of tables", line);
        }
        var table = new LinkedHashMap<String, Datum>();
        closed.add(table);
        items.add(counted(new Datum.Mapping(table, line)));
        return table;
    }

    /// Walks down, making tables where there are none; through an array of tables it enters the last.
    private Map<String, Datum> descend(Map<String, Datum> from, List<String> path, int line) {
        Map<String, Datum> table = from;
        for (String key : path) {
            Datum next = table.computeIfAbsent(key, made -> counted(new Datum.Mapping(new LinkedHashMap<>(), line)));
            if (next instanceof Datum.Listing(List<Datum> items, int begun) && !closed.contains(items)) {
                next = items.getLast();
            }
            if (!(next instanceof Datum.Mapping(Map<String, Datum> entries, int begun)) || isInline(entries)) {
                throw new Malformed("'" + key + "' is already something other than a table", line);
            }
            table = entries;
        }
        return table;
    }

    private boolean isInline(Map<String, Datum> entries) {
        return !(entries instanceof LinkedHashMap);
    }

    private void pair(Map<String, Datum> table, int depth) {
        int line = in.line();
        List<String> key = in.dottedKey();
        in.take('=');
        in.skipSpaces();
        Datum value = value(depth);
        Map<String, Datum> owner = descend(table, key.subList(0, key.size() - 1), line);
        if (owner.putIfAbsent(key.getLast(), value) != null) {
            throw new Malformed("the key '" + key.getLast() + "' is given twice in one table", line);
        }
    }

    private Datum value(int depth) {
        if (depth > Limits.NESTING) {
            throw new Malformed("values are nested more than " + Limits.NESTING + " deep", in.line());
        }
        int line = in.line();
        return counted(
                switch (in.peek()) {
                    case '"', '\'' -> new Datum.Text(in.string(), line);
                    case '[' -> array(depth, line);
                    case '{' -> inlineTable(depth, line);
                    default -> new Datum.Text(in.bareValue(), line);
                });
    }

    private Datum.Listing array(int depth, int line) {
        in.take('[');
        var items = new ArrayList<Datum>();
        in.skipBlank();
        while (!in.tryTake(']')) {
            items.add(value(depth + 1));
            in.skipBlank();
            if (!in.tryTake(',')) {
                in.take(']');
                break;
            }
            in.skipBlank();
        }
        closed.add(items);
        return new Datum.Listing(items, line);
    }

    private Datum.Mapping inlineTable(int depth, int line) {
        in.take('{');
        var entries = new LinkedHashMap<String, Datum>();
        in.skipBlank();
        while (!in.tryTake('}')) {
            pair(entries, depth + 1);
            in.skipBlank();
            if (!in.tryTake(',')) {
                in.take('}');
                break;
            }
            in.skipBlank();
        }
        return new Datum.Mapping(Collections.unmodifiableMap(entries), line);
    }

    private <D extends Datum> D counted(D datum) {
        if (++values > Limits.VALUES) {
            throw new Malformed("the file holds more than " + Limits.VALUES + " values", in.line());
        }
        return datum;
    }
}
