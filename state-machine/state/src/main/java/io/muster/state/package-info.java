/// **The** state machine: everything the cluster knows, as a deterministic function of the log.
///
/// [io.muster.state.ClusterState] takes committed batches in order. For each entry it first lets log time
/// pass in the ledgers ([io.muster.state.Ledgers]), then routes the command to the ledger that lists its
/// kind. What follows from it in other ledgers happens *in the same apply*: an audit becomes jobs, a
/// finished job becomes a conclusion ([io.muster.state.FollowUps] is the whole table).
///
/// ```
///   CommittedBatch ─▶ advance all ─▶ kind ─▶ apply in one, follow-ups in others ─▶ settle all ─▶ replies
///                                                                                             └▶ changes
/// ```
///
/// A kind or version that is not known here stops the node: a guess would be a second opinion about the truth. Every
/// 10,000 entries nodes compare [io.muster.state.ClusterState#digest].
///
/// This package knows no clock, thread, random source, file or socket.
@NullMarked
package io.muster.state;

import org.jspecify.annotations.NullMarked;
