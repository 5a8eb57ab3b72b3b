package io.muster.log;

/// What an engine declares; the contract suite takes it as its parameter, and `docs/guarantees.md` has a column for it.
///
/// @param engine the engine's name, such as `raft`
/// @param acknowledged what an acknowledged command survives
/// @param reads what a read after a barrier sees
/// @param lineage whether the log can ever be cut behind an acknowledged command
public record Guarantees(String engine, Durability acknowledged, ReadConsistency reads, LineageChange lineage) {
    /// What an acknowledged command survives.
    public enum Durability {
        /// Synced to the disks of a majority: any minority may be lost for good, all may lose power at once.
        MAJORITY_SYNCED,
        /// Synced to the disk of one server: it may crash and restart, not be lost.
        SERVER_SYNCED,
        /// In the memory of one server: lost with it.
        SERVER_MEMORY
    }

    /// What a read after a barrier sees.
    public enum ReadConsistency {
        /// Everything that was acknowledged before the barrier was asked for.
        LINEARIZABLE,
        /// A state the cluster was in, possibly an old one.
        SEQUENTIAL
    }

    /// Whether acknowledged history can change.
    public enum LineageChange {
        /// Acknowledged commands never leave the log; the lineage stays what it was.
        NEVER,
        /// A failover of the server may lose acknowledged commands; the lineage then rises, loudly.
        ON_SERVER_LOSS
    }
}
