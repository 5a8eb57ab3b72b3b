package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import io.muster.log.EngineException;
import io.muster.log.FrozenState;
import io.muster.log.LogTime;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/// What a snapshot store tells, and states to give it, for tests.
final class SnapshotEvents implements SnapshotStore.Listener {
    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    private final Runnable turn;

    /// What a store with a thread of its own tells.
    SnapshotEvents() {
        this(() -> {});
    }

    /// @param turn lets the store get on with its work
    SnapshotEvents(Runnable turn) {
        this.turn = turn;
    }

    record Written(SnapshotMeta meta) {}

    record Kept(List<SnapshotMeta> kept) {}

    record NotWritten(String reason) {}

    record Read(long ticket, Bytes bytes, boolean isLast) {}

    record Stored(long ticket) {}

    record Refused(long ticket) {}

    record Received(SnapshotMeta meta, List<SnapshotMeta> kept) {}

    record Failed(String reason) {}

    /// What a snapshot that ends at `index` stands for.
    static SnapshotMeta meta(long index) {
        return new SnapshotMeta(index, 3, new LogTime(1_000 * index, 7), Bytes.utf8("voters"));
    }

    /// A state with two sections, one of them in two chunks.
    static State state(long index) {
        var sections = new LinkedHashMap<String, List<Bytes>>();
        sections.put("jobs", List.of(Bytes.utf8("first of " + index), Bytes.utf8("second of " + index)));
        sections.put("values", List.of(Bytes.utf8("all of " + index)));
        return new State(index, sections, () -> {});
    }

    /// @param between runs between two chunks
    record State(long lastIndex, Map<String, List<Bytes>> sections, Runnable between, AtomicBoolean isClosed)
            implements FrozenState {
        State(long lastIndex, Map<String, List<Bytes>> sections, Runnable between) {
            this(lastIndex, sections, between, new AtomicBoolean());
        }

        @Override
        public long lastTerm() {
            return meta(lastIndex).lastTerm();
        }

        @Override
        public LogTime lastTime() {
            return meta(lastIndex).lastTime();
        }

        @Override
        public void write(BiConsumer<String, Bytes> to) {
            sections.forEach((name, chunks) -> chunks.forEach(chunk -> {
                to.accept(name, chunk);
                between.run();
            }));
        }

        @Override
        public void close() {
            isClosed.set(true);
        }
    }

    /// All that `reader` has of the sections of [#state].
    static Map<String, List<Bytes>> sections(SnapshotReader reader) {
        var found = new LinkedHashMap<String, List<Bytes>>();
        for (String name : List.of("jobs", "values")) {
            var chunks = new ArrayList<Bytes>();
            reader.section(name).forEach(chunks::add);
            found.put(name, chunks);
        }
        return found;
    }

    Object next() {
        turn.run();
        try {
            return Objects.requireNonNull(told.poll(60, TimeUnit.SECONDS), "the snapshot store said nothing");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void written(SnapshotMeta meta) {
        told.add(new Written(meta));
    }

    @Override
    public void kept(List<SnapshotMeta> kept) {
        told.add(new Kept(kept));
    }

    @Override
    public void notWritten(String reason) {
        told.add(new NotWritten(reason));
    }

    @Override
    public void pieceRead(long ticket, Bytes bytes, boolean isLast) {
        told.add(new Read(ticket, bytes, isLast));
    }

    @Override
    public void pieceStored(long ticket) {
        told.add(new Stored(ticket));
    }

    @Override
    public void pieceRefused(long ticket) {
        told.add(new Refused(ticket));
    }

    @Override
    public void received(SnapshotMeta meta, SnapshotReader reader, List<SnapshotMeta> kept) {
        reader.close();
        told.add(new Received(meta, kept));
    }

    @Override
    public void failed(EngineException reason) {
        told.add(new Failed(String.valueOf(reason.getMessage())));
    }
}
