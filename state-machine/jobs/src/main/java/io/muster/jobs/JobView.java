package io.muster.jobs;

/// A job of the ledger as it stood at one moment.
///
/// @param id its name
/// @param spec what was asked for
/// @param state where it stands
/// @param submittedMicros log time of its submission
/// @param tries what happened to it so far
/// @param lastRun the last run of it that has ended
public record JobView(
        JobId id, JobSpec spec, JobState.InLedger state, long submittedMicros, Tries tries, LastRun lastRun) {
    /// What happened to a job so far.
    ///
    /// @param claims how often a worker was given it; the last claim's attempt
    /// @param failures how often a run failed since it was submitted or last retried by hand
    /// @param losses how often its worker was lost under it, since then
    /// @param lastError the last failure or loss, `""` for none
    public record Tries(int claims, int failures, int losses, String lastError) {
        static final Tries NONE = new Tries(0, 0, 0, "");

        Tries claimed() {
            return new Tries(claims + 1, failures, losses, lastError);
        }

        Tries failed(String message) {
            return new Tries(claims, failures + 1, losses, message);
        }

        Tries lost(String message) {
            return new Tries(claims, failures, losses + 1, message);
        }

        /// The same without what counts against the job.
        Tries forgiven() {
            return new Tries(claims, 0, 0, lastError);
        }
    }
}
