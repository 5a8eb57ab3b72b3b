package io.muster.advisories;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.TreeNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Reads the shapes of which a record is made: objects by field, lists by element, texts. Nulls are not in the tree, so
/// they count as absent. What a caller does not ask for is passed over.
final class FieldWalk {

    private TreeNode value;

    FieldWalk(TreeNode.Mapping record) {
        value = record;
    }

    /// Calls `field` for each field of the object the walk stands on; meanwhile the walk stands on the field's value.
    void object(String what, Consumer<String> field) {
        if (!(value instanceof TreeNode.Mapping(Map<String, TreeNode> entries, int _))) {
            throw complaint("'" + what + "' must be an object");
        }
        TreeNode whole = value;
        entries.forEach((name, entry) -> {
            value = entry;
            field.accept(name);
        });
        value = whole;
    }

    /// Calls `element` for each element of the list the walk stands on; meanwhile the walk stands on the element.
    void list(String what, Runnable element) {
        if (!(value instanceof TreeNode.Listing(List<TreeNode> items, int _))) {
            throw complaint("'" + what + "' must be a list");
        }
        TreeNode whole = value;
        for (TreeNode item : items) {
            value = item;
            element.run();
        }
        value = whole;
    }

    /// The text the walk stands on; a number is the text as which it was written.
    String text(String what) {
        if (value instanceof TreeNode.Text text) {
            return text.value();
        }
        throw complaint("'" + what + "' must be a text");
    }

    /// The texts of a list, each once, in the order of their first appearance.
    List<String> texts(String what) {
        Set<String> texts = new LinkedHashSet<>();
        list(what, () -> {
            String text = text(what);
            if (!text.isEmpty()) {
                texts.add(text);
            }
        });
        return new ArrayList<>(texts);
    }

    /// The text the walk stands on where it is one; empty for anything else, as in a database's own fields.
    String textIfAny() {
        return value instanceof TreeNode.Text text ? text.value() : "";
    }

    /// Whether the value the walk stands on is `wanted`, or a list of texts that holds it.
    boolean holds(String wanted) {
        return value instanceof TreeNode.Listing listing
                ? listing.texts().stream().anyMatch(text -> text.value().equals(wanted))
                : textIfAny().equals(wanted);
    }

    boolean isObject() {
        return value instanceof TreeNode.Mapping;
    }

    /// A complaint about where the walk stands.
    MalformedDocumentException complaint(String reason) {
        return new MalformedDocumentException(reason, value.line());
    }
}
