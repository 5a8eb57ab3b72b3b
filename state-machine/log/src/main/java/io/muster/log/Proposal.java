package io.muster.log;

/// A command on its way into the log, and where its answer goes.
///
/// The proposer implements this itself, so that a write costs no further object; [#completed] is called exactly once.
public interface Proposal {
    /// The term this may be appended in, or 0 for whichever comes: a command decided on what a leader knew in its term
    /// must not slip into the next.
    long term();

    /// The encoded [Envelope].
    byte[] envelope();

    /// Tells the proposer what became of it. Called on the engine's or the applier's thread: it must not block.
    void completed(Outcome outcome);
}
