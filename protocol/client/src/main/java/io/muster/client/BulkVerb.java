package io.muster.client;

import java.util.Locale;

/// What can be done to all jobs that a filter means.
public enum BulkVerb {
    CANCEL,
    RETRY,
    PURGE;

    /// The last word of the path, and the command that does it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
