package io.muster.simulation;

import io.muster.coordinator.Coordinator;
import io.muster.encoding.Bytes;
import io.muster.log.CommittedBatch;
import io.muster.log.NodeId;
import io.muster.log.SnapshotMeta;
import io.muster.log.SnapshotReader;
import io.muster.log.Stamp;
import io.muster.state.StateException;
import io.muster.values.ValueCommand;

/// What one life of a node holds in memory: right, or from some entry on wrong, as where a bit has flipped.
///
/// A sound life never stops over its state. A spoilt one stops when a majority has agreed on another state, and only
/// then.
final class Memory {
    private static final long NEVER = Long.MAX_VALUE;

    private final NodeId id;
    private final int voters;
    private final Oracle oracle;
    private final Coordinator coordinator;
    private long spoiltAfter = NEVER;

    Memory(NodeId id, int voters, Oracle oracle, Coordinator coordinator) {
        this.id = id;
        this.voters = voters;
        this.oracle = oracle;
        this.coordinator = coordinator;
    }

    /// Whether what it holds is wrong.
    boolean isSpoilt() {
        return spoiltAfter != NEVER;
    }

    /// From now on it holds something that the log does not say.
    void spoil() {
        var state = coordinator.state();
        state.values().apply(new Stamp(1, 1, 0, state.time()), new ValueCommand.Set("flipped", Bytes.utf8("1")));
        spoiltAfter = state.appliedIndex();
        oracle.note("the memory of " + id + " is spoilt after entry " + spoiltAfter);
    }

    /// Applies `batch`; returns whether this life goes on.
    boolean apply(CommittedBatch batch, long nowNanos) {
        try {
            coordinator.deliver(batch, nowNanos);
        } catch (StateException e) {
            if (!isSpoilt() || voters < 3) {
                throw oracle.violation(id + " stops, and no majority has another state than it: " + e.getMessage(), e);
            }
            oracle.note(id + " stops: " + e.getMessage());
            return false;
        }
        if (!isSpoilt()) {
            oracle.applied(id, batch.lastIndex(), coordinator.state().digest());
        } else if (isFoundOut()) {
            throw oracle.violation(id + " goes on with a wrong state after the majority has agreed on another");
        }
        return true;
    }

    /// Begins anew from a snapshot. Whatever was wrong with what it held is gone with it.
    void install(SnapshotMeta meta, SnapshotReader reader, long nowNanos) {
        coordinator.install(reader::section, nowNanos);
        spoiltAfter = NEVER;
        oracle.note(id + " installs " + meta.lastIndex());
        oracle.applied(id, meta.lastIndex(), coordinator.state().digest());
    }

    /// Up to where others have compared what this life holds, of what it has applied. The oracle does
    /// so for a sound one after each batch: the nodes themselves do it too rarely for a run. Nobody
    /// does for a spoilt one whose voters are too few to find it out.
    long comparedIndex(long appliedIndex) {
        if (!isSpoilt()) {
            return appliedIndex;
        }
        var state = coordinator.state();
        return voters >= 3 && state.undecided().isEmpty() ? state.comparedIndex() : 0;
    }

    /// Whether the log has compared a state of this life that was wrong already, and a majority has agreed.
    private boolean isFoundOut() {
        var state = coordinator.state();
        return voters > 1
                && state.comparedIndex() > spoiltAfter
                && state.undecided().isEmpty();
    }
}
