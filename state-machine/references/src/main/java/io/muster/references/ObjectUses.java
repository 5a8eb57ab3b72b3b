package io.muster.references;

/// What the reference ledger has to know of others; the state machine's table of follow-ups fills it in.
public interface ObjectUses {
    /// Whether `worker` holds that attempt of the job now.
    boolean isRunBy(String job, int attempt, String worker);

    /// Whether anything is remembered of the job: it is in the ledger, or its outcome record is.
    boolean isRemembered(String job);

    /// Whether an audit that still runs matches against the set of that digest.
    boolean isAudited(String database);
}
