package io.muster.worker;

/// What a worker is about.
sealed interface Phase {
    /// It takes work.
    record Working() implements Phase {}

    /// It finishes what it has.
    ///
    /// @param exitAtNanos when it exits whatever is left
    record Draining(long exitAtNanos) implements Phase {}

    /// It has exited.
    record Over() implements Phase {}
}
