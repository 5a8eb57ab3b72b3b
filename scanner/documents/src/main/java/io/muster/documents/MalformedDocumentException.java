package io.muster.documents;

import java.io.Serial;

/// Leaves a reader when its document is not what it should be. The module that was asked to read the document turns it
/// into an answer of their own. An exception because it ends parsing from any depth at once.
public final class MalformedDocumentException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;

    /// @param line counted from 1, or 0 when unknown
    public MalformedDocumentException(String reason, int line) {
        super(Printable.of(reason), null, false, false);
        this.line = line;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    public int line() {
        return line;
    }
}
