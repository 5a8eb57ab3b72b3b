/// Raft as a pure step function: what happened goes in, what to do comes out. No clock, thread, disk, network or
/// chance; the same seed and the same inputs give the same effects, byte for byte.
///
/// ```
///            Input                                                        Effect
///   Tick, Received, Proposed,   ┌──────────────────────────────┐   Persist, Send, ReadBatches,
///   Persisted, BatchesRead,  ──▶│             Raft             │──▶ Appended, Refused, Committed,
///   BarrierAsked, ...           └──────────────┬───────────────┘   LeadershipChanged, BarrierReached, ...
///                                              │ plays one
///             CurrentRole: Follower · PreCandidate · Candidate · Leader
///                             │            └─ Election ─┘         │  └── LeadershipTransfer
///                       FollowerState   Ballot, Voting       LeaderState ── Replication ── Replica ── Progress
///                       Installation    Readiness, Removal        │ MemberChanges └── SnapshotStreams
///                             │                                   ├──────── Rounds
///                             │                                   └──────── Barriers
///             ┌───────────────┴─────────── NodeContext ───────────┴────────┐
///          RaftLog ── TermSpans, BatchWindow        KeptSnapshots
///                                                   PendingWrites ── what the disk has not answered yet
///                                                   Outbox ── what waits for that answer
/// ```
///
/// Read it in this order:
///
/// 1. `src/test/resources/dialogues` shows the protocol at work, from a first election to Raft's figure 8.
/// 2. [io.muster.raft.Batch] and [io.muster.raft.Configuration]: what is in the log.
/// 3. [io.muster.raft.Input], [io.muster.raft.Effect], [io.muster.raft.Message]: the seams to the shell
///    and to the other nodes.
/// 4. [io.muster.raft.Raft]: which part acts on which input; `CurrentRole`: every change of role, with the diagram;
/// `Election`: the way to leadership.
/// 5. `PendingWrites` and `Outbox`: persist, then send; why a completion proves what it proves.
/// 6. [io.muster.raft.Founding]: how founders agree on who they are before there is a log.
/// 7. `LeaderState` with `Replication`, `Rounds` and `Barriers`: what a leader does; `FollowerState`:
/// what a follower does.
/// 8. [io.muster.raft.LogStart], `KeptSnapshots`, `SnapshotStreams` and `Installation`: how a log is cut
/// behind a snapshot, and how a member gets one.
///
/// 9. `LeadershipTransfer`: how a leader is followed by another at its own wish.
/// 10. `MemberPlan` and `MemberChanges`: how members change; `OwnMembership` and `Removal`: how a node
/// knows whether it is one.
///
/// `docs/protocol.md` has the messages, the rules and where they differ from the paper. A broken
/// [io.muster.encoding.Invariant] means that the world or this code contradicts itself: the node must stop.
@NullMarked
package io.muster.raft;

import org.jspecify.annotations.NullMarked;
