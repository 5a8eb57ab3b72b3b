package io.muster.http;

/// Says that a command was certainly not appended because this node does not lead: the [LeaderGate] may try elsewhere.
public final class NotLeading extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotLeading() {
        super("this node does not lead", null, false, false);
    }
}
