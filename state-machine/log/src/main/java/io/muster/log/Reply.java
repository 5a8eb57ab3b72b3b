package io.muster.log;

/// What a state machine answers a command with. An engine carries it from the applier to the proposer unread.
public interface Reply {
    /// Whether the same command may be answered otherwise when it comes again, under the same idempotency
    /// key too: it was refused for want of room, and nothing has happened.
    default boolean mayChange() {
        return false;
    }
}
