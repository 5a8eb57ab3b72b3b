package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of workers by name; `next` is the cursor of the page after it, absent on the last.
public record WorkerPage(
        List<WorkerDocument> items, @Nullable String next) {
    public WorkerPage {
        items = Fields.copied(items);
    }
}
