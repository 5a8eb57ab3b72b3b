package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;

/// Entries of the log of one node, oldest first.
///
/// @param node whose log it is
/// @param first the oldest entry that the node can still show; 0 where it has applied none since it started
/// @param last the newest entry that it has applied
public record LogPage(String node, long first, long last, List<LogEntryDocument> items) {
    public LogPage {
        items = Fields.copied(items);
    }
}
