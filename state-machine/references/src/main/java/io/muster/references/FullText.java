package io.muster.references;

/// Where the whole of a job's output is.
public sealed interface FullText {
    /// The tail is all of it.
    record InTail() implements FullText {}

    /// An object holds it.
    record InObject(ObjectId object) implements FullText {}

    /// It could not be kept; the tail is what is left.
    record Missing(String reason) implements FullText {}
}
