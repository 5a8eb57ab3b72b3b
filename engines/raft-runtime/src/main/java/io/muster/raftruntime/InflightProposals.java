package io.muster.raftruntime;

import io.muster.log.Proposal;
import io.muster.raft.Batch;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/// Proposals of this node that stand in its log and are not delivered yet, a list for each batch in log order.
final class InflightProposals {
    private final ArrayDeque<OfBatch> batches = new ArrayDeque<>();

    private record OfBatch(long firstIndex, long term, List<Proposal> proposals) {
        boolean isOf(Batch batch) {
            return firstIndex == batch.firstIndex() && term == batch.term();
        }
    }

    /// `batch` was made of `proposals`.
    void add(Batch batch, List<Proposal> proposals) {
        batches.addLast(new OfBatch(batch.firstIndex(), batch.term(), proposals));
    }

    /// The proposals that `batch` was made of; none where it was made elsewhere. They stay here until [#delivered].
    List<Proposal> of(Batch batch) {
        OfBatch first = batches.peekFirst();
        return first != null && first.isOf(batch) ? first.proposals() : List.of();
    }

    /// The applier has taken `batch`, and answers its proposals.
    void delivered(Batch batch) {
        OfBatch first = batches.peekFirst();
        if (first != null && first.isOf(batch)) {
            batches.removeFirst();
        }
    }

    /// Gives up on what stands behind `commitIndex`: it may be cut, or committed by another leader.
    void abandonAfter(long commitIndex, Consumer<Proposal> told) {
        while (!batches.isEmpty() && batches.getLast().firstIndex() > commitIndex) {
            batches.removeLast().proposals().forEach(told);
        }
    }
}
