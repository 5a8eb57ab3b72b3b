package io.muster.log;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/// All that one stopped node has kept: its newest whole snapshot and the log behind it, to the last entry, whether that
/// was committed or not. It is checked as at a start, and held so that the node does not start meanwhile. Used by one
/// thread.
public interface StoppedLog extends AutoCloseable {
    /// Which cluster it was a member of.
    ClusterId cluster();

    /// The last entry.
    long lastIndex();

    /// The term of the last entry.
    long lastTerm();

    /// Log time of the last entry.
    LogTime lastTime();

    /// The highest term that the node has seen; others may have led in it.
    long seenTerm();

    /// Who votes, as far as it knows.
    SortedSet<NodeId> voters();

    /// Whether these nodes could elect a leader.
    boolean isMajority(Collection<NodeId> nodes);

    /// The newest snapshot that is whole; the caller closes it.
    Optional<SnapshotReader> snapshot();

    /// Hands over every batch behind the entry `index`, in order.
    void replay(long index, Consumer<CommittedBatch> batches);

    @Override
    void close();
}
