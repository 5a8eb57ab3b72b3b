package io.muster.client;

import io.muster.wire.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One worker, as the ledger knows it.
///
/// @param incarnation which start of the worker this is: 16 hexadecimal digits
/// @param state `joined`, `suspended`, `draining`, `left` (drained and gone) or `lost`
/// @param slots how many jobs it is given at once at most: what it offers, or fewer while it is on probation
/// @param claims how many of its slots are taken
/// @param joinedAt since when it stands so
/// @param reason why it stands so, or why it is given less than it offers
public record WorkerDocument(
        String worker,
        String incarnation,
        String state,
        int slots,
        int claims,
        Map<String, String> labels,
        List<String> handlers,
        @Nullable Instant joinedAt,
        @Nullable String reason) {
    public WorkerDocument {
        labels = Fields.sorted(labels);
        handlers = Fields.copied(handlers);
    }
}
