package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of audits, newest first, without jobs and findings; `next` is the cursor of the page after it, absent on
/// the last.
public record AuditPage(List<AuditDocument> items, @Nullable String next) {
    public AuditPage {
        items = Fields.copied(items);
    }
}
