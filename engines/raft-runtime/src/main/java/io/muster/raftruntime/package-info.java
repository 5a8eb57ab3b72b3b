/// The embedded engine: runs the consensus core of `io.muster.raft` on a disk, a network and clocks.
///
/// ```
///                    any thread                    one thread: muster-raft                  muster-log-writer
///   Engine.propose ─────────────▶ Intake ──┐                                           ┌──▶ LogWriter ──▶ SQLite
///                                          ├─▶ RaftLoop ─ step ─▶ Raft ─ effects ──────┤         │ one sync for all
///   other nodes ──▶ TcpTransport ─▶ Inbox ─┘      ▲                                    ├──▶ TcpTransport    that
/// waited
///                                                 └────────── Inbox ◀── persisted ─────│─────────┘
///                                                                                      └──▶ Delivery ──▶ Applier
/// ```
///
/// Where to read on:
///
/// * [io.muster.raftruntime.RaftEngine] owns the threads and the real ports;
/// [io.muster.raftruntime.RaftLoop] is what happens on the one that matters, and has no thread itself, so
/// that a simulator can run it. [io.muster.raftruntime.ProposalQueue] gathers proposals into batches,
/// [io.muster.raftruntime.Delivery] brings committed ones to the applier, [io.muster.raftruntime.Lease]
/// says how long leadership may be believed in.
/// * [io.muster.raftruntime.LogStore] is the port to the disk; [io.muster.raftruntime.SqliteLogStore] the
/// log in SQLite, with its tables in [io.muster.raftruntime.LogSchema]. What cannot be believed, or is
/// another's, is refused in a sentence and never cut away.
/// * [io.muster.raftruntime.Transport] is the port to the network; [io.muster.raftruntime.TcpTransport]
/// connects the nodes, [io.muster.raftruntime.Frame] is what travels, [io.muster.raftruntime.SendQueue]
/// decides what goes first, and [io.muster.raftruntime.MessageCodec] turns the core's messages into
/// bytes.
///
/// An [io.muster.log.EngineException] is a sentence for the operator; a node that meets one stops.
@NullMarked
package io.muster.raftruntime;

import org.jspecify.annotations.NullMarked;
