package io.muster.advisories;

import io.muster.advisories.Cursor.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Reads the shapes of which a record is made: objects by field, lists by element, texts; null counts as absent.
final class FieldWalk {

    private final Cursor cursor;

    FieldWalk(Cursor cursor) {
        this.cursor = cursor;
    }

    /// Calls `field` for each field of the object the walk stands on; it must consume or [#skip] the value.
    void object(String what, Consumer<String> field) {
        if (cursor.current() == Token.NULL) {
            return;
        }
        expect(Token.OBJECT, what, "an object");
        while (cursor.next() != Token.END_OBJECT) {
            String name = cursor.text();
            cursor.next();
            field.accept(name);
        }
    }

    /// Calls `element` for each element of the list the walk stands on; it must consume or [#skip] the element.
    void list(String what, Runnable element) {
        if (cursor.current() == Token.NULL) {
            return;
        }
        expect(Token.LIST, what, "a list");
        while (cursor.next() != Token.END_LIST) {
            element.run();
        }
    }

    /// The text the walk stands on; empty for null.
    String text(String what) {
        if (cursor.current() == Token.NULL) {
            return "";
        }
        expect(Token.TEXT, what, "a text");
        return cursor.text();
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

    /// The text the walk stands on where it is one; anything else, as in a database's own fields, is stepped over.
    String textIfAny() {
        if (cursor.current() == Token.TEXT) {
            return cursor.text();
        }
        cursor.skip();
        return "";
    }

    /// Whether the value the walk stands on is `wanted`, or a list of texts that holds it.
    boolean holds(String wanted) {
        if (cursor.current() != Token.LIST) {
            return textIfAny().equals(wanted);
        }
        boolean[] found = {false};
        list("", () -> found[0] |= textIfAny().equals(wanted));
        return found[0];
    }

    boolean isObject() {
        return cursor.current() == Token.OBJECT;
    }

    void skip() {
        cursor.skip();
    }

    /// A complaint about where the walk stands.
    MalformedAdvisoryException complaint(String reason) {
        return new MalformedAdvisoryException(cursor.place(), reason);
    }

    private void expect(Token token, String what, String shape) {
        if (cursor.current() != token) {
            throw complaint("'" + what + "' must be " + shape);
        }
    }
}
