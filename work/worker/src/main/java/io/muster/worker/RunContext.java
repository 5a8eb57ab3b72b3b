package io.muster.worker;

import io.muster.encoding.Bytes;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ClaimedRun;
import io.muster.wire.Json;
import io.muster.wire.WireLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// What a running handler sees, and how it is told to stop.
final class RunContext implements JobContext {
    private final String worker;
    private final ClaimedRun claim;
    private final Consumer<WorkerInput> inbox;
    private final OutputSpool output = new OutputSpool();
    private final CountDownLatch cancelled = new CountDownLatch(1);

    RunContext(String worker, ClaimedRun claim, Consumer<WorkerInput> inbox) {
        this.worker = worker;
        this.claim = claim;
        this.inbox = inbox;
    }

    AttemptId id() {
        return claim.id();
    }

    String type() {
        return claim.type();
    }

    void cancel() {
        cancelled.countDown();
    }

    @Override
    public String job() {
        return claim.id().job();
    }

    @Override
    public int attempt() {
        return claim.id().attempt();
    }

    @Override
    public String fence() {
        return claim.fence();
    }

    @Override
    public String worker() {
        return worker;
    }

    @Override
    public Bytes payload() {
        return claim.payload();
    }

    @Override
    public Bytes lastCheckpoint() {
        return claim.lastCheckpoint();
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.ofNullable(claim.deadline());
    }

    @Override
    public boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    @Override
    public void checkpoint(Bytes json) {
        if (json.size() > WireLimits.MAX_CHECKPOINT_BYTES) {
            throw new IllegalArgumentException("a checkpoint of " + json.size() + " bytes: at most "
                    + WireLimits.MAX_CHECKPOINT_BYTES + "; save the data elsewhere and refer to it");
        }
        inbox.accept(new WorkerInput.CheckpointMade(claim.id(), Json.checked(json)));
    }

    @Override
    public void print(String text) {
        output.print(text.getBytes(StandardCharsets.UTF_8));
    }

    /// What the run has printed.
    OutputSpool output() {
        return output;
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (cancelled.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("run " + claim.id() + " was asked to stop");
        }
    }
}
