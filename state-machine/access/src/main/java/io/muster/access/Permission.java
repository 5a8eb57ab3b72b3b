package io.muster.access;

/// What a route asks of its caller.
public enum Permission {
    /// See the cluster, its nodes and figures, and jobs, values, results and events.
    READ,
    /// Submit, cancel, retry and purge jobs, start audits, set and delete values.
    OPERATE,
    /// Take work and report on it, under the name the key is bound to.
    WORK,
    /// Make and revoke keys, change settings and queues, see the record of decisions.
    ADMINISTER
}
