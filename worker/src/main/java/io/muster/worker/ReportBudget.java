package io.muster.worker;

import io.muster.client.RunOutcome;
import io.muster.client.WireLimits;
import io.muster.encoding.Bytes;

/// How much of one exchange results and checkpoints may fill, so that it stays below the limit of a request with room
/// for everything else. What does not fit waits for the next exchange.
final class ReportBudget {
    private static final int RESULT_BYTES = WireLimits.MAX_REQUEST_BYTES / 2;
    private static final int CHECKPOINT_BYTES = WireLimits.MAX_REQUEST_BYTES / 4;

    /// A character of text takes at most this many bytes in JSON: `\u001f`.
    private static final int BYTES_PER_CHARACTER = 6;

    private int resultBytes;
    private int checkpointBytes;

    boolean admits(RunOutcome outcome) {
        int size = switch (outcome) {
            case RunOutcome.Succeeded succeeded -> succeeded.result().size();
            case RunOutcome.Failed failed -> failed.error().length() * BYTES_PER_CHARACTER;
            case RunOutcome.Released released -> released.why().length() * BYTES_PER_CHARACTER;
        };
        if (resultBytes + size > RESULT_BYTES) {
            return false;
        }
        resultBytes += size;
        return true;
    }

    boolean admits(Bytes checkpoint) {
        if (checkpointBytes + checkpoint.size() > CHECKPOINT_BYTES) {
            return false;
        }
        checkpointBytes += checkpoint.size();
        return true;
    }
}
