package io.muster.log;

import java.util.function.Consumer;

/// Where an engine delivers what it committed. All calls come from one thread at a time, in log order.
///
/// An applier may hand the batch to a thread of its own; the engine looks at [#appliedIndex] and stops delivering
/// while too much is waiting.
public interface Applier {
    /// Takes the next batch: its first index is one above the last index of the batch before. The applier completes
    /// the batch's proposals once it has applied them; one that throws here has completed none of them.
    void deliver(CommittedBatch batch);

    /// Asks for what is known after the batches delivered so far, held still. `answer` gets it once, on the thread that
    /// applies, and closes it; at most one is there at a time.
    void freeze(Consumer<FrozenState> answer);

    /// Replaces everything that is known by what `reader` has: the next batch begins behind `meta`. It comes in order
    /// with the batches, which are not applied any more where they were not yet. The applier closes the reader.
    ///
    /// A snapshot that cannot be read leaves what was known as it was, and stops the node.
    void install(SnapshotMeta meta, SnapshotReader reader);

    /// The highest index whose effects can be read here. Safe to call from any thread.
    long appliedIndex();

    /// The highest index up to which what is known here was compared with what the other nodes know, and
    /// found the same. A snapshot behind it is not to be relied on: where memory went wrong, the log
    /// makes it right again, and a snapshot would keep it wrong and give it to others. Safe to call from
    /// any thread.
    long comparedIndex();

    /// The feature level that the commands in the log are at, as far as they are applied here: who does
    /// not support it cannot read them, and must get no vote. Safe to call from any thread.
    int featureLevel();

    /// Says that leadership, as this node sees it, is now so.
    void leadershipChanged(Leadership leadership);

    /// Says that the engine stopped for good and why; the node is to stop too.
    void engineStopped(String reason);

    /// Says that the engine stopped for good because this node is no member any more; the node is to stop
    /// too, and never to start again with what it has.
    default void removed(String reason) {
        engineStopped(reason);
    }
}
