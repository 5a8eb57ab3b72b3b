package io.muster.documents;

import io.muster.documents.TreeNode.Notation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads TOML 1.0 into a [TreeNode] tree; numbers, booleans and dates are kept as the text they are written as.
///
/// Code of ours, since no library has line numbers and bounds together: ADR 5 has the figures. Linear in the file's
/// length. What TOML forbids, such as a key or table given twice or a day that no month has, is refused; of
/// TOML 1.1 it takes ends of lines and a last comma in inline tables, and the escape `\e`.
public final class TomlTree {

    private final TomlScanner in;
    private final Map<String, TreeNode> root = new LinkedHashMap<>();

    /// Entries of the tables that are whole: they had their header, or dotted keys made them below an earlier
    /// header. Neither a header nor dotted keys below another one may open them again.
    private final Set<Object> defined = Collections.newSetFromMap(new IdentityHashMap<>());

    /// Entries of the tables to which dotted keys below the present header lead.
    private final Set<Object> dotted = Collections.newSetFromMap(new IdentityHashMap<>());

    /// Entries of inline tables and items of arrays that are values: nothing outside their brackets adds to them.
    private final Set<Object> inline = Collections.newSetFromMap(new IdentityHashMap<>());
    private Map<String, TreeNode> current = root;
    private int values;

    private TomlTree(String text) {
        in = new TomlScanner(text);
    }

    /// @throws MalformedDocumentException if it is not TOML, or exceeds [DocumentLimits]
    public static TreeNode.Mapping read(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new MalformedDocumentException("the file holds a zero character: it is not text", 0);
        }
        var tree = new TomlTree(text);
        tree.expressions();
        return new TreeNode.Mapping(tree.root, 1);
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
        defined.addAll(dotted);
        dotted.clear();
        in.take('[');
        boolean isArray = in.tryTake('[');
        List<String> path = in.dottedKey();
        in.take(']');
        if (isArray) {
            in.takeNext(']');
            current = appended(path, line);
            return;
        }
        current = descend(root, path, line).getLast();
        if (!defined.add(current)) {
            throw new MalformedDocumentException("the table [" + String.join(".", path) + "] is given twice", line);
        }
    }

    private Map<String, TreeNode> appended(List<String> path, int line) {
        Map<String, TreeNode> parent =
                descend(root, path.subList(0, path.size() - 1), line).getLast();
        TreeNode array = parent.computeIfAbsent(path.getLast(), key -> new TreeNode.Listing(new ArrayList<>(), line));
        if (!(array instanceof TreeNode.Listing(List<TreeNode> items, int begun)) || inline.contains(items)) {
            throw new MalformedDocumentException(
                    "'" + path.getLast() + "' is already something other than an array of tables", line);
        }
        var table = new LinkedHashMap<String, TreeNode>();
        defined.add(table);
        items.add(counted(new TreeNode.Mapping(table, line)));
        return table;
    }

    /// Walks down, making tables where there are none, and answers all that it passes; through an array of
    /// tables it enters the last.
    private List<Map<String, TreeNode>> descend(Map<String, TreeNode> from, List<String> path, int line) {
        var tables = new ArrayList<Map<String, TreeNode>>(path.size() + 1);
        Map<String, TreeNode> table = from;
        tables.add(table);
        for (String key : path) {
            TreeNode next =
                    table.computeIfAbsent(key, made -> counted(new TreeNode.Mapping(new LinkedHashMap<>(), line)));
            if (next instanceof TreeNode.Listing(List<TreeNode> items, int begun) && !inline.contains(items)) {
                next = items.getLast();
            }
            if (!(next instanceof TreeNode.Mapping(Map<String, TreeNode> entries, int begun))
                    || inline.contains(entries)) {
                throw new MalformedDocumentException("'" + key + "' is already something other than a table", line);
            }
            table = entries;
            tables.add(table);
        }
        return tables;
    }

    private void pair(Map<String, TreeNode> table, int depth) {
        int line = in.line();
        List<String> key = in.dottedKey();
        in.take('=');
        in.skipSpaces();
        TreeNode value = value(depth);
        Map<String, TreeNode> owner = owner(table, key, line);
        if (owner.putIfAbsent(key.getLast(), value) != null) {
            throw new MalformedDocumentException("the key '" + key.getLast() + "' is given twice in one table", line);
        }
    }

    /// The table in which the last part of a dotted key stands.
    private Map<String, TreeNode> owner(Map<String, TreeNode> from, List<String> key, int line) {
        if (key.size() == 1) {
            return from;
        }
        List<Map<String, TreeNode>> passed = descend(from, key.subList(0, key.size() - 1), line);
        for (Map<String, TreeNode> table : passed.subList(1, passed.size())) {
            if (defined.contains(table)) {
                throw new MalformedDocumentException(
                        "'" + String.join(".", key) + "' adds to a table that was given before", line);
            }
            dotted.add(table);
        }
        return passed.getLast();
    }

    private TreeNode value(int depth) {
        if (depth > DocumentLimits.NESTING) {
            throw new MalformedDocumentException(
                    "values are nested more than " + DocumentLimits.NESTING + " deep", in.line());
        }
        int line = in.line();
        return counted(
                switch (in.peek()) {
                    case '"', '\'' -> new TreeNode.Text(in.string(), Notation.QUOTED, line);
                    case '[' -> array(depth, line);
                    case '{' -> inlineTable(depth, line);
                    default -> new TreeNode.Text(in.bareValue(), Notation.BARE, line);
                });
    }

    private TreeNode.Listing array(int depth, int line) {
        in.take('[');
        var items = new ArrayList<TreeNode>();
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
        inline.add(items);
        return new TreeNode.Listing(items, line);
    }

    private TreeNode.Mapping inlineTable(int depth, int line) {
        in.take('{');
        var entries = new LinkedHashMap<String, TreeNode>();
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
        inline.add(entries);
        return new TreeNode.Mapping(entries, line);
    }

    private <D extends TreeNode> D counted(D datum) {
        if (++values > DocumentLimits.VALUES) {
            throw new MalformedDocumentException(
                    "the file holds more than " + DocumentLimits.VALUES + " values", in.line());
        }
        return datum;
    }
}
