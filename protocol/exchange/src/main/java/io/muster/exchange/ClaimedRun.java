package io.muster.exchange;

import io.muster.encoding.Bytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A job that was given to a worker.
///
/// @param fence the fencing token of this claim, for whatever the job writes to; later claims sort after earlier ones
/// @param type which handler is to run it
/// @param payload what was submitted, byte for byte; any JSON value
/// @param timeoutMillis for how long it may run, from its start; 0 for as long as it likes
/// @param deadline when this run must have ended by the cluster's clock, where the leader says so
/// @param lastCheckpoint what an earlier attempt saved for this one, any JSON value; empty for nothing
public record ClaimedRun(
        AttemptId id,
        String fence,
        String type,
        Bytes payload,
        long timeoutMillis,
        @Nullable Instant deadline,
        Bytes lastCheckpoint) {
    /// A first attempt, with no limit in time.
    public static ClaimedRun of(AttemptId id, String fence, String type, Bytes payload) {
        return new ClaimedRun(id, fence, type, payload, 0, null, Bytes.EMPTY);
    }
}
