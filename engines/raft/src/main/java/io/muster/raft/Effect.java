package io.muster.raft;

import io.muster.encoding.Bytes;
import io.muster.log.MemberAnswer;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.log.TransferAnswer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What the shell is to do, in the order given. Nothing here waits for anything: a message that must not leave before
/// a sync is held back inside and comes out after the [Input.Persisted] it needs.
public sealed interface Effect {
    /// Write all of this in one transaction, in the order of tickets, sync, then answer [Input.Persisted].
    ///
    /// @param ticket names the write; never used twice by one [Raft]
    /// @param state the vote state to be in force afterwards
    /// @param isStateChanged whether `state` must be written: it differs from what is stored
    /// @param cut what to remove before appending
    /// @param batches append these, in this order
    record Persist(long ticket, VoteState state, boolean isStateChanged, Cut cut, List<Batch> batches)
            implements Effect {
        public Persist {
            batches = List.copyOf(batches);
        }
    }

    /// What a [Persist] removes from the stored log.
    sealed interface Cut {
        /// The log stays what it is.
        Cut NOTHING = new Nothing();

        /// The log stays what it is.
        record Nothing() implements Cut {}

        /// Every entry from `index` on, which is the first index of a stored batch.
        record From(long index) implements Cut {}

        /// Every entry there is: the log begins anew behind `base`, which is stored in the same
        /// transaction (T24, T25). Term and vote stay.
        record Everything(LogStart base) implements Cut {}
    }

    /// Remove the entries up to the index of `base` and store `base` in one transaction (T25), after
    /// the writes that were asked for before it and before those that come after. It is not answered;
    /// rows that a crash leaves below the stored base are no part of the log.
    record CutPrefix(LogStart base) implements Effect {}

    /// What is to be done with a snapshot that is sent or received.
    sealed interface OfSnapshot extends Effect {}

    /// These snapshots, by their last index, are being streamed to other members: each must stay
    /// readable until an effect of this kind no longer names it (T26).
    record PinSnapshots(SortedSet<Long> indexes) implements OfSnapshot {
        public PinSnapshots {
            indexes = Collections.unmodifiableSortedSet(new TreeSet<>(indexes));
        }
    }

    /// Read up to `maxBytes` from `offset` of the file of the snapshot that ends at `index`, and answer
    /// [Input.PieceRead]; nothing is answered where it cannot be read, or where nothing is left to
    /// read.
    record ReadPiece(long ticket, long index, long offset, int maxBytes) implements OfSnapshot {}

    /// Put the next piece of a snapshot that the leader sends where it can be put together, and answer
    /// [Input.PieceStored]; it need not be synced. Offset 0 begins anew: what was received before of
    /// any snapshot is dropped.
    ///
    /// With the last piece the snapshot is checked as a whole, synced and kept like one of the node's
    /// own; that is answered by [Input.SnapshotReceived]. What the disk refuses, and a whole that is
    /// damaged, is answered by [Input.PieceRefused].
    record StorePiece(long ticket, SnapshotMeta meta, long offset, Bytes bytes, boolean isLast) implements OfSnapshot {}

    /// Replace the whole state by that of the snapshot `meta`, which was received: everything up to its
    /// last index is committed, and what was committed before and not applied yet never will be. What
    /// was proposed here and waits for an answer is told that it is unknown (T30).
    record InstallState(SnapshotMeta meta) implements Effect {}

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
            /// Too many bytes wait to be committed or applied; see [RaftConfig.MemoryLimits#maxUncommittedBytes].
            OVERLOADED,
            /// This node's leadership is passing to another; see [Raft#isHandingOver].
            HANDING_OVER
        }
    }

    /// Everything up to `index` is committed. It only ever rises.
    record Committed(long index) implements Effect {}

    /// Who leads, as this node sees it from now on.
    record LeadershipChanged(long term, Optional<NodeId> leader, boolean isMine) implements Effect {}

    /// These take part from now on, as far as this node's log says: the configuration was appended, or
    /// the one after it was cut, or the log began anew. Who is new in it is sent something in the same
    /// step.
    record ConfigurationChanged(StoredConfiguration stored) implements Effect {}

    /// This node was removed from the cluster by the configuration at `index`, which is committed: it
    /// asks for no votes, and nobody sends it anything any more.
    record Removed(long index) implements Effect {}

    /// A round of heartbeats is about to be sent: the shell notes the time *before* sending (T51).
    record RoundSent(long round) implements Effect {}

    /// A quorum still followed this leader after [RoundSent] `round`. Earlier rounds are confirmed with it.
    record RoundConfirmed(long round) implements Effect {}

    /// This node must not believe in its leadership by the clock any more in this term, whichever round
    /// is confirmed later: voters may be about to elect another although they hear it (T41, T52). Comes
    /// before the message that allows them to.
    record LeaseGivenUp() implements Effect {}

    /// The answer to what somebody here asked for.
    sealed interface Answer extends Effect {}

    /// What became of [Input.TransferAsked] `ticket`.
    record TransferEnded(long ticket, TransferAnswer answer) implements Answer {}

    /// What became of [Input.ChangeMembers] `ticket`.
    record ChangeEnded(long ticket, MemberAnswer answer) implements Answer {}

    /// Once `index` is applied here, the reader that asked under `ticket` sees everything acknowledged before it asked.
    record BarrierReached(long ticket, long index) implements Answer {}

    /// No index could be had for `ticket`; asking again is safe.
    record BarrierFailed(long ticket) implements Answer {}
}
