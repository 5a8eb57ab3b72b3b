package io.muster.client;

import io.muster.wire.Fields;
import org.jspecify.annotations.Nullable;

/// What a worker says of what a run of a job has printed, before it reports how the run ended.
///
/// @param worker who runs it
/// @param attempt which run
/// @param written how many bytes it printed
/// @param tail the last of them in base64, at most 64 KiB
/// @param digest the object that holds all of it; null where the tail is all, or the rest is missing
/// @param bytes how many bytes that object has
/// @param missing why all of it could not be kept; null where it was
public record OutputReport(
        String worker,
        int attempt,
        long written,
        String tail,
        @Nullable String digest,
        @Nullable Long bytes,
        @Nullable String missing) {
    public OutputReport {
        worker = Fields.present(worker, "worker");
        tail = Fields.present(tail, "tail");
    }
}
