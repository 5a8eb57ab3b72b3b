package io.muster.log;

/// Says that a command's body is larger than an envelope takes; nothing was proposed.
public final class OversizedCommandException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int bytes;

    OversizedCommandException(int bytes) {
        super("a command of " + bytes + " bytes is over the limit of " + Envelope.MAX_BODY_BYTES + ": split it");
        this.bytes = bytes;
    }

    /// How large the body is.
    public int bytes() {
        return bytes;
    }
}
