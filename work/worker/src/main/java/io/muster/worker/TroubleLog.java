package io.muster.worker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/// How loudly a worker tells that nobody leads it. The same trouble twice in a row is one line: while no
/// server is there, it comes several times a second. A worker that starts along with the cluster waits
/// for the first election: that is worth a warning only where it lasts.
final class TroubleLog {
    private static final long START_NANOS = Duration.ofSeconds(10).toNanos();

    private boolean isLed;
    private String last = "";
    private boolean isLoud;

    /// How to tell `why`, this long after the worker's start; `null` where it was told.
    @Nullable Level of(String why, long nanos) {
        boolean isStart = !isLed && nanos < START_NANOS;
        if (why.equals(last) && (isLoud || isStart)) {
            return null;
        }
        last = why;
        isLoud = !isStart;
        return isStart ? Level.INFO : Level.WARN;
    }

    /// A leader has answered; whether trouble had been told before.
    boolean end() {
        boolean wasTold = !last.isEmpty();
        isLed = true;
        last = "";
        return wasTold;
    }
}
