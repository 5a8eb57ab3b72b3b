package io.muster.raft;

import io.muster.encoding.Bytes;
import io.muster.log.LogTime;
import io.muster.log.MemberChange;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.log.Successor;
import java.util.List;

/// What happens to a node. Time, chance, the network and the disk reach consensus this way only.
public sealed interface Input {
    /// One unit of time has passed; [RaftConfig] counts in ticks.
    ///
    /// @param appliedIndex the last entry whose effects can be read here
    record Tick(long appliedIndex) implements Input {}

    /// What this node's wall clock is worth from now on, by those of the other voters; [OwnClock#AGREES] at first.
    record ClockJudged(OwnClock clock) implements Input {}

    /// `message` came from `from`; the shell has checked that it really is from there.
    record Received(NodeId from, Message message) implements Input {}

    /// A body of `count` entries wants to be appended, at log time `time` or that of the last batch, whichever is
    /// later; answered in the same step by [Effect.Appended] or [Effect.Refused].
    record Proposed(int count, LogTime time, Bytes body) implements Input {}

    /// What [Effect.Persist] `ticket` asked for is on disk and synced. A failed sync is never reported: it stops the
    /// node (T10).
    record Persisted(long ticket) implements Input {}

    /// The answer to [Effect.ReadBatches] `ticket`: whole batches, the first of them holding the index asked for.
    record BatchesRead(long ticket, List<Batch> batches) implements Input {
        public BatchesRead {
            batches = List.copyOf(batches);
        }
    }

    /// These snapshots can be read now, oldest first: a new one was taken or received, an old one was
    /// deleted, or one turned out to be damaged. A start needs one of the two newest, so the log is
    /// never cut above the older of those.
    record SnapshotsKept(List<SnapshotMeta> snapshots) implements Input {
        public SnapshotsKept {
            snapshots = List.copyOf(snapshots);
        }
    }

    /// The answer to [Effect.ReadPiece] `ticket`.
    ///
    /// @param isLast whether the snapshot ends with these bytes
    record PieceRead(long ticket, Bytes bytes, boolean isLast) implements Input {}

    /// The piece of [Effect.StorePiece] `ticket` is where it belongs, and more are to come.
    record PieceStored(long ticket) implements Input {}

    /// The piece of [Effect.StorePiece] `ticket` was refused by the disk, or made a whole that is
    /// damaged: all that was received of the snapshot was dropped.
    record PieceRefused(long ticket) implements Input {}

    /// The snapshot `meta` was received whole; it was checked and synced, and a start would find it.
    record SnapshotReceived(SnapshotMeta meta) implements Input {}

    /// Whether this node's lease held just now; [Trust#NONE] at first. The shell judges anew each time it has
    /// taken in what had arrived, before it hands any of that over: so a lease that held did so after
    /// every reader asked who comes behind this input (T51).
    record LeaseJudged(Trust trust) implements Input {}

    /// Someone here wants to read; answered by [Effect.BarrierReached] or [Effect.BarrierFailed] with this ticket.
    record BarrierAsked(long ticket) implements Input {}

    /// This node's leadership is to pass to another; answered by [Effect.TransferEnded] with this
    /// ticket.
    record TransferAsked(long ticket, Successor to) implements Input {}

    /// Who takes part is to be changed; answered by [Effect.ChangeEnded] with this ticket.
    record ChangeMembers(long ticket, MemberChange change) implements Input {}

    /// The connection to `leader` closed and a new one was refused. Its process is probably gone. A firewall,
    /// a proxy or a restarted network looks the same from here while it lives: this shortens a wait, no more.
    record LeaderVanished(NodeId leader) implements Input {}

    /// This node is about to stop: if it leads, it stops leading and tells the others.
    record Leaving() implements Input {}

    /// `peer` restarted or its connection was replaced: what was on its way to it may be lost.
    record PeerRestarted(NodeId peer) implements Input {}
}
