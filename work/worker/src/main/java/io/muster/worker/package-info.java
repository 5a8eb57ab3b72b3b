/// Holds jobs, runs them, reports; knows nothing of any domain.
///
/// ```
///   Worker (threads, sockets) ──inputs──▶ WorkerLoop (pure) ──effects──▶ Worker
///                                           │
///                                           ├─ Runs    what is in hand, what is owed, what only takes up a slot
///                                           ├─ Route   which server to ask next, and when
///                                           └─ Link    the one channel: idle, opening or open
/// ```
///
/// * [io.muster.worker.WorkerLoop] makes every decision and has no thread, clock or randomness, so that the simulator
///   can run it for years in a minute.
/// * [io.muster.worker.WorkerRuntime] is the shell around it: one platform thread for the loop, a virtual
///   thread for each run, a [io.muster.worker.WorkChannel] for the exchange.
///
/// The protocol that they speak is `docs/exchange.md`; each numbered rule for workers there has its test here.
@NullMarked
package io.muster.worker;

import org.jspecify.annotations.NullMarked;
