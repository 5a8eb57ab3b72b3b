package io.muster.log;

/// What a state machine answers a command with. An engine carries it from the applier to the proposer unread.
public interface Reply {}
