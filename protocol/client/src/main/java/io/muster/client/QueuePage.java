package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of queues by name; `next` is the cursor of the page after it, absent on the last.
public record QueuePage(List<QueueDocument> items, @Nullable String next) {
    public QueuePage {
        items = Fields.copied(items);
    }
}
