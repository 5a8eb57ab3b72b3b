/// The words and ports of every engine.
///
/// An *engine* gives two things: leadership with a fencing number, and one ordered, durable log of commands.
/// Everything the cluster knows is a deterministic function of that log.
///
/// ```
///   propose(Proposal) ──▶ Engine ──▶ Applier.deliver(CommittedBatch) on every node, in order, each batch once
///                           │                      │
///                           │                      └─▶ Proposal.completed(Outcome) where it was proposed
///                           └─▶ Applier.leadershipChanged(Leadership)
/// ```
///
/// * [io.muster.log.Engine] is the port; [io.muster.log.Guarantees] is what an engine declares, and the
///   contract suite in this module's tests holds it to that.
/// * [io.muster.log.StopException] is the family of what stops a node; [io.muster.log.EngineException] is what an
///   engine throws.
/// * [io.muster.log.LogCommand] is a command; its [io.muster.log.CommandKind] says which, in which version and how it
///   is read.
/// * [io.muster.log.Envelope] is how a command travels: kind, version, who asked, trace, idempotency key, body.
/// * [io.muster.log.CommittedBatch] is the unit of everything: one row, one frame, one sync, one completion.
/// * [io.muster.log.Ledger] is the port of what is done with commands: a part of what the cluster knows.
/// * [io.muster.log.FrozenState] is what a state machine knew at one entry, in sections that
///   [io.muster.log.SectionWriter] writes and [io.muster.log.SectionReader] reads.
/// * [io.muster.log.LogClock] is the only clock a ledger ever sees.
///
/// This package knows no clock, thread, file or socket.
@NullMarked
package io.muster.log;

import org.jspecify.annotations.NullMarked;
