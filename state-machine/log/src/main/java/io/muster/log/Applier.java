package io.muster.log;

/// Where an engine delivers what it committed. All calls come from one thread at a time, in log order.
///
/// An applier may hand the batch to a thread of its own; the engine looks at [#appliedIndex] and stops delivering
/// while too much is waiting.
public interface Applier {
    /// Takes the next batch: its first index is one above the last index of the batch before. The applier completes
    /// the batch's proposals once it has applied them; one that throws here has completed none of them.
    void deliver(CommittedBatch batch);

    /// The highest index whose effects can be read here. Safe to call from any thread.
    long appliedIndex();

    /// Says that leadership, as this node sees it, is now so.
    void leadershipChanged(Leadership leadership);

    /// Says that the engine stopped for good and why; the node is to stop too.
    void engineStopped(String reason);
}
