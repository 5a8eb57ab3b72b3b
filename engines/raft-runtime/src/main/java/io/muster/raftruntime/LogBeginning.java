package io.muster.raftruntime;

import io.muster.raft.Batch;
import io.muster.raft.Configuration;
import io.muster.raft.LogStart;
import io.muster.raft.VoteState;
import java.util.List;
import java.util.Optional;

/// What stands in a log when it is made.
///
/// @param start where it begins
/// @param vote the term that its voter has seen; no vote
/// @param batches what it holds
record LogBeginning(LogStart start, VoteState vote, List<Batch> batches) {
    /// The log of a node that joins: the leader sends what stands in it.
    static final LogBeginning EMPTY = new LogBeginning(LogStart.BEGINNING, VoteState.INITIAL, List.of());

    LogBeginning {
        batches = List.copyOf(batches);
    }

    /// The log of a new cluster: its first batch says who votes.
    static LogBeginning of(Configuration founders) {
        return new LogBeginning(LogStart.BEGINNING, VoteState.INITIAL, List.of(Batch.bootstrap(founders)));
    }

    /// An empty log that goes on behind a snapshot, in a later term.
    static LogBeginning behind(LogStart start) {
        return new LogBeginning(start, new VoteState(start.term(), Optional.empty()), List.of());
    }
}
