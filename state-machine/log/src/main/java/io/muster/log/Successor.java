package io.muster.log;

/// Who is to lead after a leader that hands its leadership over.
public sealed interface Successor {
    /// Whoever of the other voters has come furthest.
    Successor ANYONE = new Anyone();

    /// Whoever of the other voters has come furthest.
    record Anyone() implements Successor {}

    /// `node` and nobody else; it is brought up to date first.
    record Named(NodeId node) implements Successor {}
}
