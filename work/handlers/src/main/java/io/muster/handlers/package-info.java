/// What a job can do, each within limits.
///
/// ```
///   Handlers ──by type──▶ Handler.run(JobContext) ──▶ ActionResult: done with a result, or failed and
///                                                                   whether another try may end otherwise
/// ```
///
/// * [io.muster.worker.Handler] is the port: one for each type of job. A worker offers the handlers it has.
/// * [io.muster.worker.JobContext] is all that a handler sees of the cluster.
/// * [io.muster.handlers.AuditHandler] looks one package up in an advisory database;
/// [io.muster.handlers.PublishHandler] writes files under the fence of its run;
/// [io.muster.handlers.NoopHandler] and [io.muster.handlers.SleepHandler] are there to measure and to
/// demonstrate with.
///
/// A handler knows nothing of workers, leaders or the exchange, and waits only by
/// [io.muster.worker.JobContext#pause], so that its tests need no clock.
@NullMarked
package io.muster.handlers;

import org.jspecify.annotations.NullMarked;
