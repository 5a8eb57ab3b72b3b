package io.muster.state;

/// An entry of the log in words.
///
/// @param index its place in the log
/// @param term the term in which it was appended
/// @param micros its log time, in microseconds since 1970
/// @param kind the name of its kind, such as `values.set`; `term.start` and `engine.own` for what the engine keeps
/// @param principal who asked for it; `""` for the cluster itself
/// @param summary what it asks for, in at most [LogReading#MAX_SUMMARY_BYTES]
/// @param bytes how large its body is
public record LoggedEntry(
        long index, long term, long micros, String kind, String principal, String summary, int bytes) {}
