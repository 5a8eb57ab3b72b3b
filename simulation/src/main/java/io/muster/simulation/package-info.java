/// Whole clusters in one thread under one seed: the production event loop, desk and worker loop over a simulated
/// network, simulated disks and simulated clocks.
///
/// ```
///   Simulation ─▶ Agenda (time) ─▶ SimNode   = RaftLoop + Desk      over SimDisk, SimClocks, SimNetwork
///                               ─▶ SimWorker = WorkerLoop           over SimNetwork
///                               ─▶ SimClient   submits, sets, reads
///                               ─▶ Faults      crashes, cuts, pauses, stalls, forgets, jumps
///                               ─▶ Oracle      checks after every event, with JobWatch for the ledger
/// ```
///
/// After twenty seconds of trouble everything is healed, and then every accepted job must finish and every node must
/// hold the whole log. Nothing here reads a clock or draws chance from elsewhere: `make sim SEED=n` shows the same
/// again, event for event.
@NullMarked
package io.muster.simulation;

import org.jspecify.annotations.NullMarked;
