package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import io.muster.log.EngineException;
import io.muster.log.FrozenState;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// Where a node keeps snapshots of its state: the last two, so that one that is damaged costs nothing but a longer
/// replay. A snapshot is there whole or not at all, and once it is reported it survives a power loss.
///
/// What takes long is asked for here and answered through the [Listener] of [#start], from whatever thread the store
/// has. Nothing but [#close] waits for the disk after the start.
public interface SnapshotStore extends AutoCloseable {
    /// The snapshots that are there, newest first; each may still turn out to be damaged when it is opened. Called
    /// before [#start].
    List<SnapshotMeta> kept();

    /// Opens a kept snapshot that was found whole; nothing where it is damaged or gone, and then it is not kept
    /// any more. Called before [#start].
    Optional<SnapshotReader> open(SnapshotMeta meta);

    /// Begins to take orders.
    void start(Listener listener);

    /// Writes `state` and closes it; one at a time. Answered by [Listener#written] or [Listener#notWritten]. It is no
    /// snapshot before [#keep]: a start removes it.
    void write(SnapshotMeta meta, FrozenState state);

    /// Makes what was written last a snapshot. Answered by [Listener#kept] or [Listener#notWritten].
    void keep(SnapshotMeta meta);

    /// From now on these snapshots, by their last index, stay readable, also where newer ones replace them; others do
    /// not (T26).
    void pin(SortedSet<Long> indexes);

    /// Reads a piece of a snapshot's file for another node. Answered by [Listener#pieceRead], or not at all where it
    /// cannot be read.
    void read(PieceWanted wanted);

    /// Stores a piece of a snapshot that another node sends; one at offset 0 begins anew. Answered by
    /// [Listener#pieceStored], by [Listener#received] once all of it is there and was found whole, or by
    /// [Listener#pieceRefused].
    void receive(Piece piece);

    /// What can be said of the snapshots here. From any thread.
    SnapshotMetrics metrics();

    /// Gives up on what is not written yet and lets go of everything. Safe to call twice.
    @Override
    void close();

    /// @param ticket names the question
    /// @param lastIndex which snapshot
    /// @param offset where in its file
    /// @param maxBytes how much
    record PieceWanted(long ticket, long lastIndex, long offset, int maxBytes) {}

    /// @param ticket names the piece
    /// @param meta which snapshot it is of
    /// @param offset where in its file the piece begins
    /// @param bytes the piece
    /// @param isLast whether the file ends with it
    record Piece(long ticket, SnapshotMeta meta, long offset, Bytes bytes, boolean isLast) {}

    /// What a store tells.
    interface Listener {
        /// The state that `meta` stands for is written.
        void written(SnapshotMeta meta);

        /// What was written is a snapshot: these are kept now, newest first.
        void kept(List<SnapshotMeta> kept);

        /// It was not written or not kept, for a reason that may pass; what is kept is as before.
        void notWritten(String reason);

        /// The piece asked for under `ticket`, and whether the file ends with it.
        void pieceRead(long ticket, Bytes bytes, boolean isLast);

        /// The piece `ticket` is stored, and more are to come.
        void pieceStored(long ticket);

        /// The piece `ticket` is not stored, and nothing that came before it is kept: the disk refused it, or the
        /// snapshot was found damaged once it was all there.
        void pieceRefused(long ticket);

        /// The snapshot `meta` was received whole: `kept` are there now, newest first. The listener closes `reader`.
        void received(SnapshotMeta meta, SnapshotReader reader, List<SnapshotMeta> kept);

        /// The store cannot go on: the node stops.
        void failed(EngineException reason);
    }
}
