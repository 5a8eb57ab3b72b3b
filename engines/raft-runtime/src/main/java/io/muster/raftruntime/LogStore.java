package io.muster.raftruntime;

import io.muster.log.EngineException;
import io.muster.log.SnapshotMeta;
import io.muster.raft.Batch;
import io.muster.raft.Effect;
import io.muster.raft.LogStart;
import io.muster.raft.Restored;
import java.util.List;

/// Where a node keeps its log and its vote. What it reports as persisted survives a power loss.
///
/// Writes and reads are asked for here and answered through the [Listener] of [#start], in the order asked within each
/// kind, from whatever thread the store has.
public interface LogStore extends AutoCloseable {
    /// What the node knew when it stopped, with at most `tailBytes` of its last batches. Throws [EngineException] where
    /// the log begins behind an entry that none of `kept` reaches. Called before [#start].
    ///
    /// @param kept the snapshots that there are, newest first
    Restored restore(int tailBytes, List<SnapshotMeta> kept);

    /// Begins to take writes and reads.
    void start(Listener listener);

    /// Writes all of `write` or nothing of it, and reports it once it is synced. Writes asked for while a sync is under
    /// way share the next one.
    void persist(Effect.Persist write);

    /// Removes the log up to and including `base`, in the order of the writes: from its sync on the log
    /// begins there. The room that the entries took comes back little by little, so that no write waits
    /// for it. It is not answered.
    void cutPrefix(LogStart base);

    /// Reads whole batches from the one that holds index `from` on: up to `maxBytes` together, but at
    /// least one. Nothing where the log ends before `from`; where it begins behind `from`, its first.
    void read(ReadTicket ticket, long from, int maxBytes);

    /// How many bytes the log may still grow, as far as is known. From any thread.
    default long roomBytes() {
        return Long.MAX_VALUE;
    }

    /// Finishes the writes already asked for, then lets go of everything. Safe to call twice.
    @Override
    void close();

    /// Who asked for a read.
    sealed interface ReadTicket {
        /// The consensus core, for a follower that is far behind.
        record CatchUp(long ticket) implements ReadTicket {}

        /// The delivery to this node's own applier, after a restart.
        record Replay() implements ReadTicket {}
    }

    /// What a store tells.
    interface Listener {
        /// The write `ticket` is synced, and so is every write before it.
        void persisted(long ticket);

        /// The batches that were asked for under `ticket`.
        void read(ReadTicket ticket, List<Batch> batches);

        /// The store cannot go on. Whatever was not reported as persisted may or may not be on disk; the node stops.
        void failed(EngineException reason);
    }
}
