/// The embedded engine: runs the consensus core of `io.muster.consensus` on a disk, a network and clocks.
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
/// * [io.muster.raft.RaftEngine] owns the threads and the real ports; [io.muster.raft.RaftLoop] is what happens on the
///   one that matters, and has no thread itself, so that a simulator can run it. [io.muster.raft.Intake] gathers
///   proposals into batches, [io.muster.raft.Delivery] brings committed ones to the applier,
///   [io.muster.raft.Lease] says how long leadership may be believed in.
/// * [io.muster.raft.LogStore] is the port to the disk; [io.muster.raft.SqliteLogStore] the log in SQLite, with its
///   tables in [io.muster.raft.LogSchema]. What cannot be believed, or is another's, is refused in a sentence and never
///   cut away.
/// * [io.muster.raft.Transport] is the port to the network; [io.muster.raft.TcpTransport] connects the nodes,
///   [io.muster.raft.Frame] is what travels, [io.muster.raft.Outbox] decides what goes first, and
///   [io.muster.raft.MessageCodec] turns the core's messages into bytes.
///
/// An [io.muster.raft.EngineException] is a sentence for the operator; whoever gets one stops the node.
@NullMarked
package io.muster.raft;

import org.jspecify.annotations.NullMarked;
