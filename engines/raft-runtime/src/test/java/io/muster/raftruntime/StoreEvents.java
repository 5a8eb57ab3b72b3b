package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.EngineException;
import io.muster.raft.Batch;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Collects what a store tells, for a test to wait for.
final class StoreEvents implements LogStore.Listener {
    private final LinkedBlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final Runnable turn;

    /// What a store with a thread of its own tells.
    StoreEvents() {
        this(() -> {});
    }

    /// @param turn lets the store get on with its work
    StoreEvents(Runnable turn) {
        this.turn = turn;
    }

    record Persisted(long ticket) {}

    record Read(LogStore.ReadTicket ticket, List<Batch> batches) {}

    record Failed(EngineException reason) {}

    @Override
    public void persisted(long ticket) {
        events.add(new Persisted(ticket));
    }

    @Override
    public void read(LogStore.ReadTicket ticket, List<Batch> batches) {
        events.add(new Read(ticket, batches));
    }

    @Override
    public void failed(EngineException reason) {
        events.add(new Failed(reason));
    }

    void awaitPersisted(long ticket) {
        assertThat(next()).isEqualTo(new Persisted(ticket));
    }

    List<Batch> awaitRead() {
        return ((Read) next()).batches();
    }

    EngineException awaitFailure() {
        Object event = next();
        while (event instanceof Persisted) {
            event = next();
        }
        return ((Failed) event).reason();
    }

    private Object next() {
        turn.run();
        try {
            return Objects.requireNonNull(events.poll(20, TimeUnit.SECONDS), "the store said nothing");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
