package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import io.muster.log.Applier;
import io.muster.log.EngineException;
import io.muster.log.FrozenState;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import io.muster.raft.Effect;
import io.muster.raft.Input;
import io.muster.raft.Raft;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's snapshots, as the loop sees them: one is taken each time so much of the log was delivered
/// since the last, by this node alone and on every node; others are received, and sent.
///
/// ```
///   enough delivered ─▶ Applier.freeze ─▶ SnapshotStore.write ─▶ the nodes agree on a later state
///                                                               ─▶ SnapshotStore.keep ─▶ the core cuts the log
/// ```
///
/// A node whose memory went wrong writes a wrong snapshot. So none is kept, sent or begun with before the nodes have
/// compared what they know at its end or later: until then the log is whole that makes it right again.
///
/// One that cannot be written is tried again after a while; the log goes on meanwhile. All but the
/// [SnapshotStore.Listener] is the loop's thread.
final class LocalSnapshots implements SnapshotStore.Listener {
    /// A disk that was full is looked at again after this long, which is little beside the time that a log takes to
    /// fill.
    static final long RETRY_NANOS = 30_000_000_000L;

    private static final Logger log = LoggerFactory.getLogger(LocalSnapshots.class);

    private final SnapshotStore store;
    private final Applier applier;
    private final Clocks clocks;
    private final long everyBytes;
    private final Consumer<LoopEvent> events;
    private long takenAtBytes;
    private long askedAtBytes;
    private boolean isBusy;
    private long notBeforeNanos;
    private @Nullable SnapshotMeta written;
    private @Nullable SnapshotReader received;
    private boolean isRetrying;

    /// @param everyBytes how much of the log is delivered between two snapshots, unless the last was larger: so no
    ///     more is written to snapshots than to the log
    /// @param events takes, from any thread, what comes from the store and the applier
    LocalSnapshots(RaftLoop.Ports ports, long everyBytes, Consumer<LoopEvent> events) {
        this.store = ports.snapshots();
        this.applier = ports.applier();
        this.clocks = ports.clocks();
        this.everyBytes = everyBytes;
        this.events = events;
    }

    /// A snapshot that is there, and its content.
    record Opened(SnapshotMeta meta, SnapshotReader reader) {}

    /// The newest that is whole; those that are not are kept no longer. Before [#start].
    Optional<Opened> newest() {
        for (SnapshotMeta meta : store.kept()) {
            Optional<SnapshotReader> reader = store.open(meta);
            if (reader.isPresent()) {
                return Optional.of(new Opened(meta, reader.get()));
            }
        }
        return Optional.empty();
    }

    void start() {
        store.start(this);
    }

    /// Keeps what was written once the nodes agree, and has a snapshot taken if it is time for one.
    void takeIfDue(long deliveredBytes) {
        SnapshotMeta proven = written;
        if (proven != null && applier.comparedIndex() >= proven.lastIndex()) {
            written = null;
            store.keep(proven);
        }
        long enough = Math.max(everyBytes, store.metrics().newestBytes());
        boolean isDue = !isBusy && deliveredBytes - takenAtBytes >= enough;
        if (!isDue || isRetrying && clocks.nanos() < notBeforeNanos) {
            return;
        }
        isBusy = true;
        isRetrying = false;
        askedAtBytes = deliveredBytes;
        applier.freeze(state -> events.accept(new LoopEvent.OfSnapshot.Frozen(state)));
    }

    /// Takes in what became of a snapshot; answers what the core is to hear.
    List<Input> happened(LoopEvent.OfSnapshot event, Raft raft) {
        return switch (event) {
            case LoopEvent.OfSnapshot.Frozen(FrozenState state) -> {
                write(state, raft);
                yield List.of();
            }
            case LoopEvent.OfSnapshot.Written(SnapshotMeta meta) -> {
                written = meta;
                yield List.of();
            }
            case LoopEvent.OfSnapshot.Kept(List<SnapshotMeta> kept) -> {
                isBusy = false;
                takenAtBytes = askedAtBytes;
                yield List.of(new Input.SnapshotsKept(kept.reversed()));
            }
            case LoopEvent.OfSnapshot.NotWritten() -> {
                tryAgainLater();
                yield List.of();
            }
            case LoopEvent.OfSnapshot.Received(SnapshotMeta meta, SnapshotReader reader, List<SnapshotMeta> kept) -> {
                letGo();
                received = reader;
                yield List.of(new Input.SnapshotsKept(kept.reversed()), new Input.SnapshotReceived(meta));
            }
        };
    }

    /// What was frozen before another state was installed stands for nothing that the log knows.
    private void write(FrozenState state, Raft raft) {
        Optional<SnapshotMeta> meta = raft.describe(state.lastIndex(), state.lastTime());
        if (meta.isPresent()) {
            store.write(meta.get(), state);
        } else {
            state.close();
            tryAgainLater();
        }
    }

    private void tryAgainLater() {
        isBusy = false;
        isRetrying = true;
        notBeforeNanos = clocks.nanos() + RETRY_NANOS;
    }

    /// Does what the core wants done with a snapshot that is sent to another node, or received.
    void carryOut(Effect.OfSnapshot wanted) {
        switch (wanted) {
            case Effect.PinSnapshots pinned -> store.pin(pinned.indexes());
            case Effect.ReadPiece read ->
                store.read(new SnapshotStore.PieceWanted(read.ticket(), read.index(), read.offset(), read.maxBytes()));
            case Effect.StorePiece piece ->
                store.receive(new SnapshotStore.Piece(
                        piece.ticket(), piece.meta(), piece.offset(), piece.bytes(), piece.isLast()));
        }
    }

    /// Has the snapshot that was just received applied. What was written of the state before it is of no use, and what
    /// was proposed here and is covered by it will never be seen applied by itself (T30).
    void install(SnapshotMeta meta, LocalProposals proposals, Delivery delivery) {
        if (written != null) {
            written = null;
            isBusy = false;
        }
        SnapshotReader reader = Objects.requireNonNull(received, "only what was received is installed");
        received = null;
        log.info("installing snapshot index={} term={}", meta.lastIndex(), meta.lastTerm());
        proposals.abandonAfter(0, "a snapshot was installed, which may hold it or not");
        delivery.install(meta, reader);
    }

    /// What was received and not asked for is closed.
    void letGo() {
        SnapshotReader reader = received;
        received = null;
        if (reader != null) {
            reader.close();
        }
    }

    @Override
    public void written(SnapshotMeta meta) {
        events.accept(new LoopEvent.OfSnapshot.Written(meta));
    }

    @Override
    public void kept(List<SnapshotMeta> kept) {
        events.accept(new LoopEvent.OfSnapshot.Kept(kept));
    }

    @Override
    public void notWritten(String reason) {
        events.accept(new LoopEvent.OfSnapshot.NotWritten());
    }

    @Override
    public void pieceRead(long ticket, Bytes bytes, boolean isLast) {
        events.accept(new LoopEvent.ForCore(new Input.PieceRead(ticket, bytes, isLast)));
    }

    @Override
    public void pieceStored(long ticket) {
        events.accept(new LoopEvent.ForCore(new Input.PieceStored(ticket)));
    }

    @Override
    public void pieceRefused(long ticket) {
        events.accept(new LoopEvent.ForCore(new Input.PieceRefused(ticket)));
    }

    @Override
    public void received(SnapshotMeta meta, SnapshotReader reader, List<SnapshotMeta> kept) {
        events.accept(new LoopEvent.OfSnapshot.Received(meta, reader, kept));
    }

    @Override
    public void failed(EngineException reason) {
        events.accept(new LoopEvent.Broken(reason));
    }
}
