package io.muster.client;

import java.util.Locale;

/// Where a job stands, as it is shown outside.
public enum JobStatus {
    /// Not before a certain instant: a delayed start, or the back-off before another attempt.
    SCHEDULED,
    /// Ready, and waiting for a free slot.
    QUEUED,
    /// A worker holds it.
    CLAIMED,
    /// Finished with a result.
    SUCCEEDED,
    /// Given up after its last attempt; can be retried by hand.
    DEAD,
    /// Ended by somebody's wish.
    CANCELLED;

    /// Whether a job in this state can still run without anyone's doing.
    public boolean isLive() {
        return switch (this) {
            case SCHEDULED, QUEUED, CLAIMED -> true;
            case SUCCEEDED, DEAD, CANCELLED -> false;
        };
    }

    /// The name as it travels and as people write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
