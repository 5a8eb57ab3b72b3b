package io.muster.wire;

/// Says that bytes are not the JSON that was asked for: where in them, and what was expected there.
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pointer;

    public MalformedJsonException(String pointer, String message, Throwable cause) {
        super(message, cause);
        this.pointer = pointer;
    }

    public MalformedJsonException(String pointer, String message) {
        super(message);
        this.pointer = pointer;
    }

    /// Where the fault lies, as a JSON Pointer (RFC 6901); empty when it is the document as a whole.
    public String pointer() {
        return pointer;
    }
}
