package io.muster.encoding;

/// What a loop asks in which a test waits for something that tells nobody when it changes: JUnit ends a test that takes
/// too long by an interrupt, which such a loop would not notice.
public final class TimedOut {
    private TimedOut() {}

    /// Throws where this thread was asked to end.
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new AssertionError("the test was interrupted while it waited");
        }
    }
}
