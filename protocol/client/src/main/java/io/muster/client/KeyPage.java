package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of API keys by id, revoked ones included; `next` is the cursor of the page after it, absent on the last.
public record KeyPage(List<KeyDocument> items, @Nullable String next) {
    public KeyPage {
        items = Fields.copied(items);
    }
}
