package io.muster.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A stream from another process of which each read ends in time: one that vanished or froze without a
/// word would otherwise be listened to for ever. Read by one thread.
public final class TimedStream extends FilterInputStream {
    private final Duration silence;
    private volatile boolean isSilent;

    /// @param silence how long a read waits until it closes `stream` and ends with an
    ///     [HttpTimeoutException]
    public TimedStream(InputStream stream, Duration silence) {
        super(stream);
        this.silence = silence;
    }

    @Override
    public int read() throws IOException {
        return timed(in::read);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return timed(() -> in.read(buffer, offset, length));
    }

    private interface Reading {
        int read() throws IOException;
    }

    private int timed(Reading reading) throws IOException {
        if (in.available() > 0) {
            return reading.read();
        }
        var heard = new CountDownLatch(1);
        Thread.ofVirtual().name("muster-silence").start(() -> endUnless(heard));
        try {
            return reading.read();
        } catch (IOException e) {
            if (isSilent) {
                throw new HttpTimeoutException("nothing was heard for " + silence.toMillis() + " ms");
            }
            throw e;
        } finally {
            heard.countDown();
        }
    }

    private void endUnless(CountDownLatch heard) {
        try {
            if (!heard.await(silence.toNanos(), TimeUnit.NANOSECONDS)) {
                isSilent = true;
                in.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a silent stream", e);
        }
    }
}
