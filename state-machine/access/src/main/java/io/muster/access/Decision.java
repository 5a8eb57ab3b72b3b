package io.muster.access;

import io.muster.encoding.Bytes;

/// A link of the chain of decisions: each carries the hash over itself and the link before, so that none can be
/// changed or left out unnoticed.
///
/// @param number counts the decisions from 1
/// @param index the log entry that made it
/// @param micros its log time
/// @param act what was decided
/// @param hash SHA-256 over the hash before it and the rest of this record
public record Decision(long number, long index, long micros, Act act, Bytes hash) {}
