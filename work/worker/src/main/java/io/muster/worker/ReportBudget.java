package io.muster.worker;

import io.muster.encoding.Bytes;
import io.muster.exchange.RunOutcome;
import io.muster.wire.WireLimits;

/// How much of one exchange results and checkpoints may fill, so that it stays below the limit of a request with room
/// for everything else. What does not fit waits for the next exchange.
final class ReportBudget {

    /// A character of text takes at most this many bytes in JSON: `\u001f`.
    private static final int BYTES_PER_CHARACTER = 6;

    private final int most;
    private int resultBytes;
    private int checkpointBytes;

    /// Half of `most` bytes may be results, a quarter checkpoints.
    private ReportBudget(int most) {
        this.most = most;
    }

    static ReportBudget ofFirstExchange() {
        return new ReportBudget(WireLimits.MAX_FIRST_EXCHANGE_BYTES);
    }

    static ReportBudget ofLaterExchange() {
        return new ReportBudget(WireLimits.MAX_REQUEST_BYTES);
    }

    boolean admits(RunOutcome outcome) {
        int size = switch (outcome) {
            case RunOutcome.Succeeded succeeded -> succeeded.result().size();
            case RunOutcome.Failed failed -> failed.error().length() * BYTES_PER_CHARACTER;
            case RunOutcome.Released released -> released.why().length() * BYTES_PER_CHARACTER;
        };
        if (resultBytes + size > most / 2) {
            return false;
        }
        resultBytes += size;
        return true;
    }

    boolean admits(Bytes checkpoint) {
        if (checkpointBytes + checkpoint.size() > most / 4) {
            return false;
        }
        checkpointBytes += checkpoint.size();
        return true;
    }
}
