package io.muster.client;

import io.muster.encoding.Bytes;
import java.time.Instant;

/// What stands under a key.
///
/// @param key the name
/// @param value any JSON
/// @param revision the log entry that stored it
/// @param storedAt its log time
public record ValueDocument(String key, Bytes value, long revision, Instant storedAt) {}
