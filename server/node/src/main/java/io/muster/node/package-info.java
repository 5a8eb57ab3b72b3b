/// Configuration, lifecycle and wiring of one node, and the commands that start nodes. No rule of any domain lives
/// here.
///
/// ```
///                    ┌──────────────── MusterNode ─────────────────┐
///   Muster (main) ─▶ │ NodeConfig   RaftEngine ──▶ DeskLoop (Desk)  │ ◀── ApiServer (NodeCluster is its port)
///                    │ NodeKeys     HistoryStore ◀─┘                │ ◀── Worker, over the same API as any other
///                    └──────────────────────────────────────────────┘
/// ```
@NullMarked
package io.muster.node;

import org.jspecify.annotations.NullMarked;
