package io.muster.worker;

/// What a worker is about.
sealed interface WorkerPhase {
    /// It takes work.
    record Working() implements WorkerPhase {}

    /// It finishes what it has.
    ///
    /// @param exitAtNanos when it exits whatever is left
    record Draining(long exitAtNanos) implements WorkerPhase {}

    /// It has exited.
    record Over() implements WorkerPhase {}
}
