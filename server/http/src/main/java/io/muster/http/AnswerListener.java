package io.muster.http;

import java.time.Duration;
import java.util.Optional;

/// Is told of every answer, after it was given.
@FunctionalInterface
public interface AnswerListener {
    /// A request was answered with `status` after `took`; `route` is none where the table has no row for it.
    void answered(Optional<Route> route, int status, Duration took);
}
