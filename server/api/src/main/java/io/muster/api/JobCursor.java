package io.muster.api;

import io.muster.history.HistoryCursor;
import io.muster.jobs.JobId;

/// Where a listing goes on: first through the ledger, oldest job first, then through the history, newest first.
sealed interface JobCursor {
    /// Behind `after` in the ledger.
    record InLedger(JobId after) implements JobCursor {
        @Override
        public String toString() {
            return "live-" + after;
        }
    }

    /// Below `place` in the history.
    record InHistory(HistoryCursor place) implements JobCursor {
        @Override
        public String toString() {
            return "done-" + place.block() + "." + place.ordinal();
        }
    }

    /// Before the first job.
    JobCursor START = new InLedger(new JobId(0));

    /// Reads the text form back; throws [IllegalArgumentException] for anything else.
    static JobCursor parse(String text) {
        if (text.isEmpty()) {
            return START;
        }
        if (text.startsWith("live-")) {
            return new InLedger(JobId.parse(text.substring("live-".length())));
        }
        String[] parts =
                text.startsWith("done-") ? text.substring("done-".length()).split("\\.", -1) : new String[0];
        if (parts.length != 2) {
            throw new IllegalArgumentException("'" + text + "' is no cursor of this listing");
        }
        // NumberFormatException is an IllegalArgumentException, which becomes a 400.
        return new InHistory(new HistoryCursor(Long.parseLong(parts[0]), Integer.parseInt(parts[1])));
    }
}
