package io.muster.state;

import io.muster.audits.AuditId;
import io.muster.jobs.JobEvent;
import io.muster.log.NodeId;

/// Something that changed, as listeners are told it: live views and dashboards, never decisions.
public sealed interface Change {
    /// Something happened to a job, a worker or a queue.
    record InJobs(JobEvent event) implements Change {}

    /// `leader` leads in `term`.
    record NewTerm(long term, NodeId leader) implements Change {}

    /// An audit began, went on or finished.
    record InAudit(AuditId audit) implements Change {}

    /// The value under `key` was set or deleted.
    record InValues(String key) implements Change {}

    /// A key was granted or revoked.
    record InAccess() implements Change {}

    /// Who is told of changes. Called on the applying thread in the middle of an apply: it takes notes
    /// and returns.
    interface Listener {
        /// @param index the entry that caused it
        /// @param number which change of that entry it is, from 0; the two name it for all time
        /// @param micros log time of the entry
        /// @param change what changed
        void changed(long index, int number, long micros, Change change);

        /// A snapshot took the place of all that was known. What happened up to the entry at `index` is
        /// not told: a listener with a view of its own looks at everything anew.
        default void installed(long index) {}
    }
}
