package io.muster.raft;

import io.muster.encoding.MalformedException;

/// What a batch holds. The code is stored and sent, so it never changes its meaning.
public enum BatchKind {
    /// Commands of the ledgers, opaque to consensus.
    COMMANDS(1),
    /// The first batch of a term; its body is the leader's node id in UTF-8. Committing it commits everything before
    /// it (Raft §8: a new leader learns what is committed by committing an entry of its own).
    TERM_START(2),
    /// An encoded [Configuration], in force from the moment it is appended (Raft §6).
    CONFIGURATION(3);

    private final int code;

    BatchKind(int code) {
        this.code = code;
    }

    /// The byte that stands for this kind in logs and messages.
    public int code() {
        return code;
    }

    /// The kind of a stored or received byte; throws [MalformedException] for one this version does not know.
    public static BatchKind ofCode(int code) {
        return switch (code) {
            case 1 -> COMMANDS;
            case 2 -> TERM_START;
            case 3 -> CONFIGURATION;
            default -> throw new MalformedException("a batch of kind " + code + " is unknown to this version");
        };
    }
}
