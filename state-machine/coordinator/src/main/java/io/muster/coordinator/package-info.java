/// What the leader must propose or do next, and how a node's state meets the outside.
///
/// [io.muster.coordinator.Coordinator] is the one owner of a node's [io.muster.state.ClusterState]: it
/// applies what the engine committed, answers what is asked of the state, deals with the workers' reports
/// ([io.muster.coordinator.Dispatcher], [io.muster.coordinator.WorkerSessions]) and, while its node leads, does the
/// duties that need a leader:
/// noticing workers that are gone ([io.muster.coordinator.FailureDetector]), letting time pass when
/// nothing else does, comparing digests, raising the feature level, granting the first keys.
///
/// ```
///   engine ── deliver, leadershipChanged ───▶ ┌─────────────┐ ── propose ──▶ engine
///   api ───── read, exchange, channelClosed ▶ │ Coordinator │ ── answers ──▶ api
///   clock ─── wake(now) ─────────────────────▶ └─────────────┘
/// ```
///
/// Everything here runs on one thread, which is not ours: callers bring the monotonic instant along. There is no clock,
/// thread, random source, file or socket, so the simulator runs these very classes.
@NullMarked
package io.muster.coordinator;

import org.jspecify.annotations.NullMarked;
