package io.muster.raft;

import io.muster.encoding.Bytes;
import io.muster.encoding.Invariant;
import io.muster.log.SnapshotMeta;
import java.util.List;

/// What nodes say to each other. Every message carries its sender's current term.
///
/// Messages may be lost, repeated and reordered; none of the rules relies on more. On the wire each
/// kind has a number, which the codec gives it (see `docs/protocol.md`).
public sealed interface Message {
    /// The sender's current term.
    long term();

    /// Asks whether a vote in `term + 1` could be won, without anyone changing anything (thesis §9.6).
    ///
    /// @param ballot tells this asking from earlier ones of the same term
    record PreVoteRequest(long term, long ballot, long lastIndex, long lastTerm) implements Message {}

    /// Answers a [PreVoteRequest]; a refusal teaches the asker the term it did not know (T32).
    record PreVoteReply(long term, long ballot, boolean isGranted) implements Message {}

    /// Asks for the vote in `term` (Raft §5.2); says how far the candidate's log goes (Raft §5.4.1).
    ///
    /// @param isForced whether the leader of the term before wished for it: who hears a leader votes
    ///     all the same (thesis §4.2.3)
    record VoteRequest(long term, long lastIndex, long lastTerm, boolean isForced) implements Message {
        /// One that no leader wished for.
        public VoteRequest(long term, long lastIndex, long lastTerm) {
            this(term, lastIndex, lastTerm, false);
        }
    }

    /// Answers a [VoteRequest]; a granted one leaves only once the vote is durable (T1).
    record VoteReply(long term, boolean isGranted) implements Message {}

    /// Brings the batches that follow (`prevIndex`, `prevTerm`) (Raft §5.3).
    ///
    /// @param session which run of replication to this follower it belongs to; answers repeat it (T19)
    /// @param commit what the leader knows to be committed
    record Append(long term, long session, long prevIndex, long prevTerm, List<Batch> batches, long commit)
            implements Message {
        public Append {
            batches = List.copyOf(batches);
        }

        /// The index of the last entry that sender and receiver have in common once it is accepted.
        public long lastIndex() {
            return batches.isEmpty() ? prevIndex : batches.getLast().lastIndex();
        }
    }

    /// Says that the sender's log equals the leader's up to `match`, durably.
    record AppendAccepted(long term, long session, long match) implements Message {}

    /// Says that the sender's log does not hold (`prevIndex`, `prevTerm`) of an [Append].
    ///
    /// @param hintIndex the last place of the sender's log that may still agree
    /// @param hintTerm the term of the entry there
    record AppendRejected(long term, long session, long prevIndex, long hintIndex, long hintTerm) implements Message {}

    /// Says that the leader is there; compares nothing and proves nothing about logs (T18).
    ///
    /// @param round which round of heartbeats this is; rounds only rise
    /// @param commit what is committed of that which this follower is known to hold
    record Heartbeat(long term, long round, long commit) implements Message {}

    /// Answers a [Heartbeat]: in round `round` the sender still followed the leader.
    record HeartbeatReply(long term, long round) implements Message {}

    /// Tells an idle follower at once what is committed of that which it is known to hold; it is not answered.
    record CommitNotice(long term, long commit) implements Message {}

    /// A follower asks the leader for an index to read at (thesis §6.4).
    record BarrierRequest(long term, long ticket) implements Message {}

    /// Once `index` is applied, the follower that asked under `ticket` can read.
    ///
    /// @param index 0 when the one who was asked cannot answer because it does not lead
    record BarrierReply(long term, long ticket, long index) implements Message {
        public BarrierReply {
            Invariant.check(index >= 0, "an index is never negative");
        }

        /// Whether it was asked in vain.
        public boolean isRefusal() {
            return index == 0;
        }
    }

    /// The sender led in `term` and no longer does: its followers need not wait until it has been silent for long
    /// (T34).
    record Resigned(long term) implements Message {}

    /// Brings a piece of the snapshot `meta` to a follower that lacks entries which the leader no
    /// longer has (Raft §7).
    ///
    /// One without bytes only asks how far the follower has come.
    ///
    /// @param session which run of replication to this follower it belongs to; answers repeat it (T19)
    /// @param offset where in the snapshot's file the piece begins
    /// @param isLast whether the file ends with this piece
    record InstallSnapshot(long term, long session, SnapshotMeta meta, long offset, Bytes bytes, boolean isLast)
            implements Message {
        public InstallSnapshot {
            Invariant.check(offset >= 0, "an offset is never negative");
        }

        /// Whether it brings nothing and only asks.
        public boolean isQuestion() {
            return bytes.size() == 0;
        }
    }

    /// Says from which offset on the sender lacks the snapshot that ends at `index`. The end of an
    /// install is an [AppendAccepted], as of any other way in which the logs have come to be equal.
    record InstallWanted(long term, long session, long index, long offset) implements Message {
        public InstallWanted {
            Invariant.check(offset >= 0, "an offset is never negative");
        }
    }

    /// A member without a vote that hears no leader asks whether it still is a member; see [NotMember].
    record MembershipAsked(long term) implements Message {}

    /// Says that the sender knows a committed configuration, at `index`, that does not have the
    /// receiver: it was removed, unless it was added later. Answers [PreVoteRequest] and
    /// [MembershipAsked].
    record NotMember(long term, long index) implements Message {
        public NotMember {
            Invariant.check(index > 0, "a configuration stands in the log");
        }
    }

    /// The leader wishes that its receiver takes over, and believes in its own leadership no more:
    /// campaign at once, without asking whether it could be won (thesis §3.10).
    record TimeoutNow(long term) implements Message {}
}
