package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of decisions, newest first; `next` is the cursor of the page after it, absent on the last.
///
/// @param head the hash that stands for every decision up to the newest: one who noted it can tell later whether any
///     of them was changed
/// @param brokenAt the first kept decision whose hash is wrong; absent where all are right
public record DecisionPage(
        List<DecisionDocument> items,
        @Nullable String next,
        String head,
        @Nullable Long brokenAt) {
    public DecisionPage {
        items = Fields.copied(items);
    }
}
