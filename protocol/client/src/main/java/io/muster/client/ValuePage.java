package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of values by key; `next` is the cursor of the page after it, absent on the last.
public record ValuePage(List<ValueDocument> items, @Nullable String next) {
    public ValuePage {
        items = Fields.copied(items);
    }
}
