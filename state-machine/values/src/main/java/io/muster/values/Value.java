package io.muster.values;

import io.muster.encoding.Bytes;

/// What stands under a key.
///
/// @param json the value
/// @param revision the log entry that stored it
/// @param micros log time at which it was stored
public record Value(Bytes json, long revision, long micros) {}
