package io.muster.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One worker, as the ledger knows it.
///
/// @param incarnation which start of the worker this is: 16 hexadecimal digits
/// @param state `joined`, `suspended`, `draining`, `left` (drained and gone) or `lost`
/// @param claims how many of its slots are taken
public record WorkerView(
        String worker,
        String incarnation,
        String state,
        int slots,
        int claims,
        Map<String, String> labels,
        List<String> handlers,
        @Nullable Instant joinedAt) {
    public WorkerView {
        labels = Fields.sorted(labels);
        handlers = Fields.copied(handlers);
    }
}
