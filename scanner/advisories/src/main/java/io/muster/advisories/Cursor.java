package io.muster.advisories;

/// A forward walk over the tokens of one document, the same for JSON and YAML, so that the schema is written down once.
///
/// Failures of syntax are thrown as [MalformedAdvisoryException]; nothing is read ahead of [#next].
sealed interface Cursor permits JsonCursor, YamlCursor {

    /// What the walk stands on.
    enum Token {
        OBJECT,
        END_OBJECT,
        LIST,
        END_LIST,
        FIELD,
        TEXT,
        NULL,
        END
    }

    /// Steps to the next token and names it.
    Token next();

    /// The token the walk stands on.
    Token current();

    /// The name of a FIELD or the value of a TEXT; numbers and booleans are texts as they were written.
    String text();

    /// Where the walk stands, for a person: `line 3, column 7`.
    String place();

    /// Steps over what the walk stands on, to its last token; a scalar is its own last token.
    default void skip() {
        int depth = 0;
        do {
            switch (current()) {
                case OBJECT, LIST -> depth++;
                case END_OBJECT, END_LIST -> depth--;
                case FIELD, TEXT, NULL -> {}
                case END -> throw new MalformedAdvisoryException(place(), "the document ends too early");
            }
            if (depth > 0) {
                next();
            }
        } while (depth > 0);
    }
}
