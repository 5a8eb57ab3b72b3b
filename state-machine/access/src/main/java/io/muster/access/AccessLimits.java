package io.muster.access;

import java.nio.charset.StandardCharsets;

/// Every limit of the access ledger, with its reason.
public final class AccessLimits {
    /// Keys, revoked ones included; the oldest revoked one gives way to a new one.
    public static final int MAX_KEYS = 10_000;

    /// Invitations, those that are over included; the oldest of these gives way to a new one. A cluster has a
    /// handful of nodes.
    public static final int MAX_INVITATIONS = 100;

    /// Decisions kept; the chain goes on from the older ones, which the log archive has.
    public static final int MAX_DECISIONS = 10_000;

    /// Names of principals, actions and targets.
    public static final int MAX_NAME_BYTES = 256;

    /// What a person noted about a key or a decision.
    public static final int MAX_NOTE_BYTES = 1_024;

    /// SHA-256.
    public static final int HASH_BYTES = 32;

    private AccessLimits() {}

    static void checkName(String what, String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "a " + what + " of " + bytes + " bytes is out of range: use 1 to " + MAX_NAME_BYTES);
        }
    }

    static void checkNote(String what, String note) {
        int bytes = note.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_NOTE_BYTES) {
            throw new IllegalArgumentException("a " + what + " of " + bytes + " bytes is over " + MAX_NOTE_BYTES);
        }
    }
}
