package io.muster.node;

import java.util.concurrent.locks.LockSupport;

/// A short wait between two looks at something that tells nobody when it changes.
public final class Pause {
    private static final long NANOS = 20_000_000;

    private Pause() {}

    public static void shortly() throws InterruptedException {
        LockSupport.parkNanos(NANOS);
        if (Thread.interrupted()) {
            throw new InterruptedException("asked to end");
        }
    }
}
