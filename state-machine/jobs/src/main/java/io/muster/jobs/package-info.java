/// The ledger of jobs and workers: which jobs there are, who runs them, and what became of them.
///
/// It is a pure function of the log: same entries in, same moves and same bytes out, on every node. The state machine
/// drives [io.muster.jobs.JobLedger] with [io.muster.jobs.JobCommand]s at [io.muster.log.Stamp]s; what happens is
/// told to [io.muster.jobs.JobEvents].
///
/// [io.muster.jobs.JobState] has the diagram of states and the table that everything else derives from.
///
/// Read in this order:
///
/// 1. [io.muster.jobs.JobSpec], [io.muster.jobs.JobState], [io.muster.jobs.Claim]: what a job is.
/// 2. [io.muster.jobs.JobCommand] and [io.muster.jobs.JobReply]: what can be asked.
/// 3. `Transitions`: what a move does. `JobIndexes`: where jobs in each state stand.
/// 4. `Assignment`, with `Pools` (what waits beside who could serve it), `WaitingPools` (whose turn it
/// is), `Lanes`, `Workers` and `Quarantine` (jobs that must run alone).
/// 5. `RunCompletion`: reports, deadlines, losses, retries. `Reconciliation` and [io.muster.jobs.Delta]:
/// what a worker is told.
/// 6. [io.muster.jobs.JobLimits]: every limit and its reason.
///
/// This package knows no clock, thread, file or socket.
@NullMarked
package io.muster.jobs;

import org.jspecify.annotations.NullMarked;
