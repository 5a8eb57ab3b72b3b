package io.muster.jobs;

import io.muster.encoding.Bytes;

/// Who sent a command, as far as repetitions are concerned.
///
/// @param principal who asked: one's keys are nobody else's
/// @param idempotencyKey makes a repeated submit answer as the first did; `""` for none
/// @param body the command as it stands in the log: the same key with another body is a conflict
public record CommandOrigin(String principal, String idempotencyKey, Bytes body) {
    /// A command of the cluster itself.
    public static final CommandOrigin INTERNAL = new CommandOrigin("", "", Bytes.EMPTY);
}
