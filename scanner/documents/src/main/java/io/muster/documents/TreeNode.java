package io.muster.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A value read from JSON, YAML or TOML, with the line it starts on: what the readers of those formats work on.
///
/// Reading is lenient by design: a value that is absent or of another type reads as empty, because lockfiles of
/// different versions differ in such details. What a reader cannot do without it asks for by [Mapping#required].
public sealed interface TreeNode {

    /// Counted from 1.
    int line();

    /// How a scalar is written: `"true"` is a text, `true` is whatever the format makes of it.
    enum Notation {
        QUOTED,
        BARE
    }

    /// A string, number, boolean or date as it is written. Nulls are left out of their container.
    record Text(String value, Notation notation, int line) implements TreeNode {}

    /// An ordered list.
    record Listing(List<TreeNode> items, int line) implements TreeNode {

        static final Listing EMPTY = new Listing(List.of(), 0);

        /// The items that are mappings, in order.
        public List<Mapping> mappings() {
            return items.stream()
                    .filter(Mapping.class::isInstance)
                    .map(Mapping.class::cast)
                    .toList();
        }

        /// The items that are texts, in order.
        public List<Text> texts() {
            return items.stream()
                    .filter(Text.class::isInstance)
                    .map(Text.class::cast)
                    .toList();
        }

        /// The text at a place, or empty.
        public String text(int index) {
            return index < items.size() && items.get(index) instanceof Text text ? text.value() : "";
        }

        /// The mapping at a place, or an empty one.
        Mapping mapping(int index) {
            return index < items.size() && items.get(index) instanceof Mapping mapping ? mapping : Mapping.EMPTY;
        }
    }

    /// Names and values in the order of the file.
    record Mapping(Map<String, TreeNode> entries, int line) implements TreeNode {

        public static final Mapping EMPTY = new Mapping(Map.of(), 0);

        public boolean has(String key) {
            return entries.containsKey(key);
        }

        /// The text under a key, or empty.
        public String text(String key) {
            return entries.get(key) instanceof Text(String value, Notation _, int _) ? value : "";
        }

        /// Whether the value is the word `true`.
        public boolean says(String key) {
            return text(key).equals("true");
        }

        /// The mapping under a key, or an empty one.
        public Mapping mapping(String key) {
            return entries.get(key) instanceof Mapping mapping ? mapping : EMPTY;
        }

        /// The list under a key, or an empty one.
        public Listing listing(String key) {
            return entries.get(key) instanceof Listing listing ? listing : Listing.EMPTY;
        }

        /// The entries whose value is a mapping, in order.
        public List<Map.Entry<String, Mapping>> mappings() {
            var found = new ArrayList<Map.Entry<String, Mapping>>();
            entries.forEach((key, value) -> {
                if (value instanceof Mapping mapping) {
                    found.add(Map.entry(key, mapping));
                }
            });
            return found;
        }

        /// The mapping that makes the file what it is.
        public Mapping required(String key) {
            if (entries.get(key) instanceof Mapping mapping) {
                return mapping;
            }
            throw new MalformedDocumentException("'" + key + "' is missing or is not an object", line);
        }
    }

    /// The top of a file, which must be a mapping.
    static Mapping top(TreeNode datum) {
        if (datum instanceof Mapping mapping) {
            return mapping;
        }
        throw new MalformedDocumentException("the file does not hold an object at its top", datum.line());
    }
}
