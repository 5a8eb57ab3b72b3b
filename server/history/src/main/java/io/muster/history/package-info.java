/// Finished jobs on disk: blocks that are the same bytes on every node, and questions over them.
///
/// ```
///   jobs ledger ──closed HistoryBlock──▶ HistoryStore.add ──bounded queue──▶ thread muster-history ──▶ history.db
///                                            │                                                          ▲
///        find, list, block ◀── waiting blocks and rows                    GapFiller ──fetched blocks────┘
/// ```
///
/// The job ledger keeps a finished job until its block is closed (512 jobs), and here it stays. Blocks are cut by the
/// log alone, so they need no agreement: a node that was away, or whose disk damaged a block, asks any other for it
/// by number ([io.muster.history.GapFiller]).
///
/// * [io.muster.history.HistoryStore] is the way in and out; [io.muster.history.BlockTable] is the SQL.
/// * [io.muster.history.BlockFrame] is the one form in which a block is stored and sent.
///
/// `history.db` is synced by SQLite's own checkpoints only: what a power failure takes comes again from the log, or
/// from a peer.
@NullMarked
package io.muster.history;

import org.jspecify.annotations.NullMarked;
