package io.muster.handlers;

import io.muster.encoding.Bytes;
import io.muster.worker.JobContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A run without a cluster, in which time passes as soon as somebody waits for it.
final class FakeContext implements JobContext {
    final List<Duration> pauses = new ArrayList<>();
    final List<String> checkpoints = new ArrayList<>();
    final StringBuilder printed = new StringBuilder();

    private final String payload;
    private String lastCheckpoint = "";
    private String fence = "0000000000000003-00000000002a-000000";
    private int pausesUntilCancelled = Integer.MAX_VALUE;

    FakeContext(String payload) {
        this.payload = payload;
    }

    FakeContext after(String checkpoint) {
        lastCheckpoint = checkpoint;
        return this;
    }

    FakeContext under(String token) {
        fence = token;
        return this;
    }

    FakeContext cancelledInPause(int number) {
        pausesUntilCancelled = number;
        return this;
    }

    @Override
    public String job() {
        return "job-0000000001g00";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String fence() {
        return fence;
    }

    @Override
    public String worker() {
        return "w1";
    }

    @Override
    public Bytes payload() {
        return Bytes.utf8(payload);
    }

    @Override
    public Bytes lastCheckpoint() {
        return Bytes.utf8(lastCheckpoint);
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
    }

    @Override
    public boolean isCancelled() {
        return pauses.size() >= pausesUntilCancelled;
    }

    @Override
    public void checkpoint(Bytes json) {
        checkpoints.add(json.text());
    }

    @Override
    public void print(String text) {
        printed.append(text);
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        pauses.add(duration);
        if (isCancelled()) {
            throw new InterruptedException("cancelled");
        }
    }
}
