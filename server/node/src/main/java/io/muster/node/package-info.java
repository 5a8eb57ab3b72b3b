/// Configuration, lifecycle and wiring of one node. No rule of any domain lives here.
///
/// ```
///                ┌────────────────── MusterNode ──────────────────┐
///   muster node ─┤ NodeConfig       Engine ──▶ CoordinatorLoop    ├─ ApiServer (NodeCluster is its port)
///                │ NodeKeys     HistoryStore ◀── (Coordinator)    ├─ WorkerRuntime, over the API as any other
///                └──────────────────▲─────────────────────────────┘
///                                   └ EngineFactory, the one that Engines finds under the configured name
/// ```
@NullMarked
package io.muster.node;

import org.jspecify.annotations.NullMarked;
