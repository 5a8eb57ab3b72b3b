package io.muster.client;

import org.jspecify.annotations.Nullable;

/// What is kept of what the last run of a job has printed. `GET /v1/jobs/{id}/output` is the text.
///
/// @param written how many bytes the run printed
/// @param kept how many of them are kept
/// @param attempt which run
/// @param missing why only the end is kept, in a sentence; null where more is
public record OutputDocument(
        long written, long kept, int attempt, @Nullable String missing) {}
