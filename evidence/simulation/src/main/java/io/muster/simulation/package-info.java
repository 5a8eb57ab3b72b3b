/// Whole clusters in one thread under one seed: the production event loop, coordinator and worker loop over a simulated
/// network, simulated disks and simulated clocks.
///
/// ```
///   Simulation ─▶ Agenda (time) ─▶ SimNode    = RaftLoop + Coordinator over SimDisk, SimClocks, SimNetwork
///                               ─▶ SimWorker  = WorkerLoop             over SimNetwork
///                               ─▶ SimClient  submits jobs, SimRegisters writes and reads keys
///                               ─▶ Faults     what chance draws, with Mischief and FigureEight, played on purpose
///                               ─▶ Minority   those that stay unwell when all else is healed
///                               ─▶ Oracle     checks after every event, with JobWatch, MessageWatch, ClockWatch
/// ```
///
/// After twenty seconds of trouble everything is healed but for a minority. Then every accepted job must finish, every
/// sound node must hold the whole log, and what was seen of each key must have an order. Nothing here reads a clock or
/// draws chance from elsewhere: `make sim SEED=n` shows the same again, event for event.
@NullMarked
package io.muster.simulation;

import org.jspecify.annotations.NullMarked;
