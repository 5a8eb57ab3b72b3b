/// The embedded engine: runs the consensus core of `io.muster.raft` on a disk, a network and clocks.
///
/// ```
///            any thread                  one thread: muster-raft                muster-log-writer
///
///   Engine.propose ───▶ proposals ─┐                                       ┌─▶ LogWriter ─▶ SQLite
///   readBarrier ──────▶ arrivals ──┼─▶ RaftLoop ─ step ─▶ Raft ─ effects ──┼─▶ TcpTransport ─▶ others
///   persisted, read ──▶ arrivals ──┤                                       └─▶ Delivery ─▶ Applier
///   other nodes ─▶ TcpTransport ───┘
/// ```
///
/// The log's writer syncs everything that waits at once, and tells the loop of each write by `persisted`. Beside it,
/// `muster-snapshots` writes and reads snapshots, and with TLS a thread does what a handshake has to compute.
///
/// Where to read on:
///
/// * [io.muster.raftruntime.RaftEngine] owns the threads and the real ports; [io.muster.raftruntime.RaftLoop]
///   is what happens on the one that matters, and has no thread itself, so that a simulator can run it.
///   [io.muster.raftruntime.LocalProposals] gathers proposals into batches, [io.muster.raftruntime.Delivery]
///   brings committed ones to the applier, [io.muster.raftruntime.PublishedView] tells other threads who leads,
///   and [io.muster.raftruntime.Lease] for how long that may be believed.
/// * [io.muster.raftruntime.LogStore] is the port to the disk; [io.muster.raftruntime.SqliteLogStore] the log in
///   SQLite, with its tables in [io.muster.raftruntime.LogSchema]. What cannot be believed, or is another's, is
///   refused in a sentence and never cut away.
/// * [io.muster.raftruntime.SnapshotStore] is the port to snapshots and [io.muster.raftruntime.SnapshotFiles] keeps
///   them as files; [io.muster.raftruntime.LocalSnapshots] decides when one is taken, and hands what a leader sent
///   to the applier.
/// * [io.muster.raftruntime.Transport] is the port to the network; [io.muster.raftruntime.TcpTransport] connects
///   the nodes, [io.muster.raftruntime.Frame] is what travels, [io.muster.raftruntime.SendQueue] decides what
///   goes first, and [io.muster.raftruntime.MessageCodec] turns the core's messages into bytes.
///
/// An [io.muster.log.EngineException] is a sentence for the operator; a node that meets one stops.
@NullMarked
package io.muster.raftruntime;

import org.jspecify.annotations.NullMarked;
