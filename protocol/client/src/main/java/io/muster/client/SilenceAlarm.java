package io.muster.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Closes a stream on which nothing was heard for too long: a server that vanished without a word would otherwise be
/// listened to for ever.
final class SilenceAlarm implements AutoCloseable {
    private static final int LOOKS_PER_SILENCE = 4;

    private final Closeable stream;
    private final Duration silence;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile long heardNanos = System.nanoTime();

    private SilenceAlarm(Closeable stream, Duration silence) {
        this.stream = stream;
        this.silence = silence;
    }

    static SilenceAlarm start(Closeable stream, Duration silence) {
        SilenceAlarm alarm = new SilenceAlarm(stream, silence);
        Thread.ofVirtual().name("muster-silence").start(alarm::watch);
        return alarm;
    }

    void heard() {
        heardNanos = System.nanoTime();
    }

    @Override
    public void close() {
        over.countDown();
    }

    private void watch() {
        try {
            while (!over.await(silence.toMillis() / LOOKS_PER_SILENCE, TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() - heardNanos > silence.toNanos()) {
                    stream.close();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a silent stream", e);
        }
    }
}
