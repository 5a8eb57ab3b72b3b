package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of jobs; `next` is the cursor of the page after it, absent on the last.
public record JobPage(List<JobDocument> items, @Nullable String next) {
    public JobPage {
        items = Fields.copied(items);
    }
}
