package io.muster.raft;

import io.muster.log.NodeId;
import java.util.List;
import java.util.Optional;

/// What the shell is to do, in the order given. Nothing here waits for anything: a message that must not leave before
/// a sync is held back inside and comes out after the [Input.Persisted] it needs.
public sealed interface Effect {
    /// Write all of this in one transaction, in the order of tickets, sync, then answer [Input.Persisted].
    ///
    /// @param ticket names the write; never used twice by one [Raft]
    /// @param state the vote state to be in force afterwards
    /// @param isStateChanged whether `state` must be written: it differs from what is stored
    /// @param cutFrom remove every entry from this index on before appending; 0 to remove nothing. It is always the
    ///     first index of a stored batch
    /// @param batches append these, in this order
    record Persist(long ticket, VoteState state, boolean isStateChanged, long cutFrom, List<Batch> batches)
            implements Effect {
        public Persist {
            batches = List.copyOf(batches);
        }

        /// Whether stored entries are to be removed.
        public boolean isCut() {
            return cutFrom > 0;
        }
    }

    /// Send `message` to `to`, now; it may be lost, but must not be altered.
    record Send(NodeId to, Message message) implements Effect {}

    /// Read whole batches, beginning with the one that holds index `from`, of up to `maxBytes` together but at least
    /// one, and answer [Input.BatchesRead].
    record ReadBatches(long ticket, long from, int maxBytes) implements Effect {}

    /// What was proposed stands in the log as `batch`; whether it will be committed is not known yet.
    record Appended(Batch batch) implements Effect {}

    /// What was proposed was not appended.
    record Refused(Reason reason) implements Effect {
        /// Why not.
        public enum Reason {
            /// This node does not lead.
            NOT_LEADING,
            /// Too many bytes wait to be committed or applied; see [RaftConfig#maxUncommittedBytes].
            OVERLOADED
        }
    }

    /// Everything up to `index` is committed. It only ever rises.
    record Committed(long index) implements Effect {}

    /// Who leads, as this node sees it from now on.
    record LeadershipChanged(long term, Optional<NodeId> leader, boolean isMine) implements Effect {}

    /// A round of heartbeats is about to be sent: the shell notes the time *before* sending (T51).
    record RoundSent(long round) implements Effect {}

    /// A quorum still followed this leader after [RoundSent] `round`. Earlier rounds are confirmed with it.
    record RoundConfirmed(long round) implements Effect {}

    /// Once `index` is applied here, the reader that asked under `ticket` sees everything acknowledged before it asked.
    record BarrierReached(long ticket, long index) implements Effect {}

    /// No index could be had for `ticket`; asking again is safe.
    record BarrierFailed(long ticket) implements Effect {}
}
