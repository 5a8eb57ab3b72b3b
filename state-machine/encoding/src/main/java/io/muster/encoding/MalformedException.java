package io.muster.encoding;

/// Says that bytes do not have the shape their reader was promised: cut short, out of bounds or of an unknown version.
///
/// The input is at fault, not the program: the reader's caller decides whether to drop a connection, refuse a request
/// or stop the node.
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }
}
