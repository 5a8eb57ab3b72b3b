package io.muster.api;

/// Says that a command was certainly not appended because this node does not lead: the [LeaderGate] may try elsewhere.
final class NotLeading extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotLeading() {
        super("this node does not lead", null, false, false);
    }
}
