package io.muster.jobs;

import java.util.List;

/// What separates a worker's view from the ledger's. It is computed from both views alone (level-triggered): the
/// next exchange says again what a lost message said.
public sealed interface Delta {
    /// The worker is joined under this incarnation.
    ///
    /// @param acknowledged results it can stop sending, with what became of them
    /// @param fresh results the ledger has not heard of yet: they belong into a [JobCommand.ReportWork]
    /// @param lacking jobs claimed for it that it neither runs nor has finished, oldest first
    /// @param drops runs it must stop, with the reason
    record Of(List<Acknowledged> acknowledged, List<Inventory.Attempt> fresh, List<JobView> lacking, List<Drop> drops)
            implements Delta {
        public Of {
            acknowledged = List.copyOf(acknowledged);
            fresh = List.copyOf(fresh);
            lacking = List.copyOf(lacking);
            drops = List.copyOf(drops);
        }
    }

    /// The worker has to join first.
    record NotJoined() implements Delta {}

    /// A newer process of the same name has joined: this one must stop everything and exit.
    record Superseded() implements Delta {}

    /// A result that need not be sent again.
    record Acknowledged(Inventory.Attempt attempt, JobReply.ResultVerdict verdict) {}

    /// A run that must stop.
    record Drop(Inventory.Attempt attempt, Reason reason) {}

    /// Why a run must stop.
    enum Reason {
        /// The job was called off.
        CANCELLED,
        /// The job has come to an end without this run.
        FINISHED,
        /// The claim was ended: its deadline passed, or the worker was given up for lost. The job goes on elsewhere.
        TAKEN_BACK,
        /// The ledger does not know the job, or no longer.
        UNKNOWN
    }
}
