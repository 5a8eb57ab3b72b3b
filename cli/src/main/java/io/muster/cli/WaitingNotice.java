package io.muster.cli;

import io.muster.client.CallWatch;
import io.muster.wire.Problem;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Says on standard error that a call waits, and for what: on a terminal in one line that counts the seconds, elsewhere
/// once a call.
final class WaitingNotice implements CallWatch, AutoCloseable {
    /// A healthy cluster answers in milliseconds and loses a leader for less than a second.
    private static final int SILENT_SECONDS = 2;

    private final Terminal terminal = Terminal.standardError();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<Call> current = new AtomicReference<>(Call.NONE);

    /// A call under way.
    private record Call(long beganNanos, String waitsFor) {
        static final Call NONE = new Call(0, "");

        boolean isUnderWay() {
            return !waitsFor.isEmpty();
        }
    }

    WaitingNotice() {
        Thread.ofVirtual().name("muster-waits").start(this::tell);
    }

    @Override
    public void begins(String call) {
        current.set(new Call(System.nanoTime(), "no server has answered yet"));
    }

    @Override
    public void waits(Problem lastSaid) {
        String detail = lastSaid.detail();
        current.updateAndGet(call -> new Call(call.beganNanos(), detail == null ? lastSaid.title() : detail));
    }

    @Override
    public void ends() {
        current.set(Call.NONE);
        terminal.clear();
    }

    private void tell() {
        long told = 0;
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                Call call = current.get();
                long seconds = (System.nanoTime() - call.beganNanos()) / 1_000_000_000L;
                if (!call.isUnderWay() || seconds < SILENT_SECONDS) {
                    continue;
                }
                if (terminal.isTerminal()) {
                    terminal.show(sentence(seconds, call.waitsFor()));
                } else if (told != call.beganNanos()) {
                    told = call.beganNanos();
                    terminal.say(sentence(seconds, call.waitsFor()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String sentence(long seconds, String waitsFor) {
        return "waiting for the cluster (" + seconds + " s): " + waitsFor;
    }

    @Override
    public void close() {
        closed.countDown();
        terminal.clear();
    }
}
