package io.muster.api;

import io.muster.http.Admission;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A few threads that parse what clients send; the request waits for them on its own virtual thread.
///
/// Parsing megabytes is work without a wait in it. A virtual thread does not give up its processor for such work: as
/// many large lockfiles as the machine has processors would keep every other request of this node waiting, those of
/// workers too. These threads are the operating system's, which shares processors, and half of them at most.
final class ParsingThreads implements AutoCloseable {
    /// How many requests wait at once. A request that finds the queue full holds its megabytes for nothing.
    static final int MAX_WAITING = 16;

    private final ThreadPoolExecutor threads;

    ParsingThreads() {
        int most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        threads = new ThreadPoolExecutor(
                most,
                most,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().daemon().name("muster-api-parsing-", 0).factory());
    }

    /// What `parsing` returns or throws.
    ///
    /// @throws io.muster.http.RequestRefused if too much waits already; nothing was written
    <T> T await(Callable<T> parsing) throws InterruptedException {
        Future<T> parsed;
        try {
            parsed = threads.submit(parsing);
        } catch (RejectedExecutionException e) {
            throw Admission.full("this node reads as many lockfiles as it takes at once");
        }
        try {
            return parsed.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw new IllegalStateException("parsing broke", e.getCause());
        } finally {
            parsed.cancel(true);
        }
    }

    /// Ends the threads.
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
