package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import io.muster.encoding.Invariant;
import io.muster.encoding.MalformedException;
import io.muster.log.EngineException;
import io.muster.log.FrozenState;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Snapshots as files in the data folder; [SnapshotFormat] says what is in one, [SnapshotFolder] which there are.
///
/// One thread does everything, so that nothing here is shared. Between two chunks of a snapshot that it writes it looks
/// at its other orders: a node that is sent a snapshot does not wait for one that is being written.
public final class SnapshotFiles implements SnapshotStore {
    /// With less than this left on the disk no snapshot is begun: the log must not be refused a write over it.
    static final long LEAST_FREE_BYTES = 128L << 20;

    /// A peer has one piece under way, and there are few peers.
    private static final int MAX_WAITING = 1_024;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(SnapshotFiles.class);

    private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>(MAX_WAITING);
    private final SnapshotFolder folder;
    private final LogIdentity identity;
    private final StreamedSnapshots streamed;
    private @Nullable Listener listener;
    private @Nullable ReceivedSnapshot receiving;
    private @Nullable Thread thread;
    private volatile boolean isClosing;
    private volatile SnapshotMetrics metrics = SnapshotMetrics.NONE;

    /// What the thread is asked for.
    private sealed interface Order {
        record Write(SnapshotMeta meta, FrozenState state) implements Order {}

        record Keep(SnapshotMeta meta) implements Order {}

        record Pin(SortedSet<Long> indexes) implements Order {}

        record Read(PieceWanted wanted) implements Order {}

        record Receive(Piece piece) implements Order {}

        record Stop() implements Order {}
    }

    /// Ends the writing of a snapshot in its middle.
    private static final class ClosingException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private SnapshotFiles(Path path, LogIdentity identity) {
        this.identity = identity;
        folder = new SnapshotFolder(path, identity);
        streamed = new StreamedSnapshots(folder);
        refresh();
    }

    /// Looks at the snapshots in `folder`, which the caller holds the lock of.
    public static SnapshotFiles open(Path folder, LogIdentity identity) {
        return new SnapshotFiles(folder, identity);
    }

    @Override
    public List<SnapshotMeta> kept() {
        return folder.kept();
    }

    @Override
    public Optional<SnapshotReader> open(SnapshotMeta meta) {
        return folder.open(meta).map(SnapshotReader.class::cast);
    }

    @Override
    public void start(Listener to) {
        listener = to;
        refresh();
        thread = Thread.ofPlatform().name("muster-snapshots").daemon().start(this::run);
    }

    @Override
    public void write(SnapshotMeta meta, FrozenState state) {
        add(new Order.Write(meta, state));
    }

    @Override
    public void keep(SnapshotMeta meta) {
        add(new Order.Keep(meta));
    }

    @Override
    public void pin(SortedSet<Long> indexes) {
        add(new Order.Pin(indexes));
    }

    @Override
    public void read(PieceWanted wanted) {
        add(new Order.Read(wanted));
    }

    @Override
    public void receive(Piece piece) {
        add(new Order.Receive(piece));
    }

    @Override
    public SnapshotMetrics metrics() {
        return metrics;
    }

    @Override
    public void close() {
        Thread started = thread;
        if (isClosing || started == null) {
            return;
        }
        isClosing = true;
        orders.add(new Order.Stop());
        try {
            if (!started.join(PATIENCE)) {
                log.warn("snapshots not closed seconds={}", PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(Order order) {
        boolean isTaken = orders.offer(order);
        Invariant.check(isTaken, "no more than " + MAX_WAITING + " orders wait for the snapshots");
    }

    private void run() {
        try {
            for (Order order = orders.take(); !(order instanceof Order.Stop); order = orders.take()) {
                carryOut(order);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosingException e) {
            log.info("snapshot given up: the node stops");
        } catch (RuntimeException | Error e) {
            // Nobody would carry out the orders that come: a follower would wait for ever.
            listener().failed(new EngineException("cannot go on with the snapshots: " + e, e));
        } finally {
            streamed.close();
            forgetReceived();
            orders.forEach(SnapshotFiles::letGo);
        }
    }

    private static void letGo(Order order) {
        if (order instanceof Order.Write(var _, FrozenState state)) {
            state.close();
        }
    }

    private void carryOut(Order order) {
        switch (order) {
            case Order.Write(SnapshotMeta meta, FrozenState state) -> {
                Optional<String> failure;
                try (state) {
                    failure = write(meta, state, System.nanoTime());
                }
                failure.ifPresentOrElse(listener()::notWritten, () -> listener().written(meta));
            }
            case Order.Keep(SnapshotMeta meta) -> keepWritten(meta);
            case Order.Pin(SortedSet<Long> indexes) -> streamed.pin(indexes);
            case Order.Read(PieceWanted wanted) -> {
                streamed.read(wanted)
                        .ifPresent(found ->
                                listener().pieceRead(wanted.ticket(), found, streamed.isLast(wanted, found.size())));
                metrics = metrics.withSent(streamed.sent());
            }
            case Order.Receive(Piece piece) -> store(piece);
            case Order.Stop() -> throw new ClosingException();
        }
    }

    /// Answers why it could not.
    private Optional<String> write(SnapshotMeta meta, FrozenState state, long begunNanos) {
        Path file = folder.unwritten(meta.lastIndex());
        try {
            folder.removeUnwritten();
            requireRoom(folder.kept().isEmpty() ? 0 : folder.bytes(folder.kept().getFirst()));
            long bytes;
            try (var writer = SnapshotFileWriter.create(file, identity.cluster(), identity.group(), meta)) {
                state.write((section, chunk) -> {
                    add(writer, section, chunk);
                    serveOthers();
                });
                bytes = writer.finish();
            }
            long millis = (System.nanoTime() - begunNanos) / 1_000_000;
            metrics = metrics.withDuration(millis);
            log.info("snapshot written index={} bytes={} millis={}", meta.lastIndex(), bytes, millis);
            return Optional.empty();
        } catch (ClosingException e) {
            discard(file);
            throw e;
        } catch (IOException | RuntimeException e) {
            // The log goes on without it, and there is the snapshot before it; it is tried again later.
            discard(file);
            metrics = metrics.withFailure();
            String reason = e instanceof UncheckedIOException wrapped
                    ? String.valueOf(wrapped.getCause())
                    : e instanceof EngineException told ? String.valueOf(told.getMessage()) : e.toString();
            log.warn("snapshot not written index={} file={} reason=\"{}\"", meta.lastIndex(), file, reason);
            return Optional.of(reason);
        }
    }

    private void keepWritten(SnapshotMeta meta) {
        try {
            folder.keep(folder.unwritten(meta.lastIndex()), meta);
            refresh();
            listener().kept(folder.kept());
        } catch (IOException e) {
            metrics = metrics.withFailure();
            log.warn("snapshot not kept index={} reason=\"{}\"", meta.lastIndex(), e.toString());
            listener().notWritten(e.toString());
        }
    }

    private static void add(SnapshotFileWriter writer, String section, Bytes chunk) {
        try {
            writer.add(section, chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serveOthers() {
        for (Order order = orders.poll(); order != null; order = orders.poll()) {
            carryOut(order);
        }
    }

    /// Throws [EngineException] where a file of `expected` bytes, and a quarter more, would leave the disk too little.
    private void requireRoom(long expected) throws IOException {
        long needed = LEAST_FREE_BYTES + expected + expected / 4;
        long free = folder.freeBytes();
        if (free < needed) {
            throw new EngineException("the disk has " + (free >> 20) + " MiB left, and a snapshot is only begun with "
                    + (needed >> 20) + " MiB: make room");
        }
    }

    private void store(Piece piece) {
        try {
            if (piece.offset() == 0) {
                forgetReceived();
                requireRoom(0);
                receiving =
                        ReceivedSnapshot.begin(folder.unreceived(piece.meta().lastIndex()), piece.meta());
            }
            ReceivedSnapshot current = receiving;
            if (current == null || !current.isNext(piece)) {
                throw new EngineException("a piece from " + piece.offset() + " on does not go on where "
                        + (current == null ? 0 : current.bytes()) + " bytes have arrived");
            }
            current.add(piece);
            if (piece.isLast()) {
                receiving = null;
                finish(current);
            } else {
                listener().pieceStored(piece.ticket());
            }
        } catch (IOException | MalformedException | EngineException e) {
            // It can be sent again from the begin.
            forgetReceived();
            discard(folder.unreceived(piece.meta().lastIndex()));
            metrics = metrics.withFailure();
            log.warn(
                    "snapshot not received index={} reason=\"{}\"", piece.meta().lastIndex(), e.toString());
            listener().pieceRefused(piece.ticket());
        }
    }

    private void finish(ReceivedSnapshot whole) throws IOException {
        SnapshotMeta meta = whole.meta();
        whole.finish();
        SnapshotFileReader reader = SnapshotFileReader.open(whole.file(), identity);
        try {
            if (!reader.meta().equals(meta)) {
                throw new MalformedException("it was announced as " + meta + " and is " + reader.meta());
            }
            folder.keep(whole.file(), meta);
        } catch (IOException | MalformedException e) {
            reader.close();
            throw e;
        }
        metrics = metrics.withReceived();
        refresh();
        log.info("snapshot received index={} bytes={}", meta.lastIndex(), whole.bytes());
        listener().received(meta, reader, folder.kept());
    }

    private void forgetReceived() {
        ReceivedSnapshot current = receiving;
        receiving = null;
        if (current != null) {
            current.close();
            discard(current.file());
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("unfinished snapshot not removed file={} reason=\"{}\"", file, e.toString());
        }
    }

    private void refresh() {
        metrics = metrics.withKept(folder);
    }

    private Listener listener() {
        return Objects.requireNonNull(listener, "started");
    }
}
