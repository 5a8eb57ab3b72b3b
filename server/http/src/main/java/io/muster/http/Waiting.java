package io.muster.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits, on a request's own virtual thread, for an answer from the state's thread.
public final class Waiting {
    private Waiting() {}

    /// The answer, or none within `patience`.
    public static <T> Optional<T> on(CompletionStage<T> stage, Duration patience) throws InterruptedException {
        try {
            return Optional.of(stage.toCompletableFuture().get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the state could not answer", e.getCause());
        }
    }
}
