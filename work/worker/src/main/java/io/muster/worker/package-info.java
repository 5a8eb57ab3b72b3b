/// Holds jobs, runs them, reports; knows nothing of any domain.
///
/// ```
///   WorkerRuntime (threads, sockets) ──inputs──▶ WorkerLoop (pure) ──effects──▶ WorkerRuntime
///                                                  │
///                                                  ├─ Runs              in hand, owed, or only taking up a slot
///                                                  ├─ RunDeadlines      when a run has to be stopped
///                                                  └─ ServerConnection  the one channel (ChannelState), and by
///                                                                       ServerSelector which server is next, and when
/// ```
///
/// * [io.muster.worker.WorkerLoop] makes every decision and has no thread, clock or randomness, so that the simulator
///   can run it for years in a minute.
/// * [io.muster.worker.WorkerRuntime] is the shell around it: one platform thread for the loop, a virtual
///   thread for each run, an [io.muster.exchange.ExchangeChannel] for the exchange.
///
/// The protocol that they speak is `docs/exchange.md`; each numbered rule for workers there has its test here.
@NullMarked
package io.muster.worker;

import org.jspecify.annotations.NullMarked;
