package io.muster.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of the objects that the log names, by digest.
///
/// @param next the cursor of the next page; null on the last
public record ObjectPage(
        List<ObjectDocument> items, @Nullable String next) {
    public ObjectPage {
        items = List.copyOf(items);
    }
}
