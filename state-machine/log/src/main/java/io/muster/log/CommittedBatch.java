package io.muster.log;

import io.muster.encoding.Bytes;
import io.muster.encoding.Invariant;
import java.util.List;

/// A batch that the engine committed, as every node's applier receives it.
///
/// @param firstIndex the index of its first entry
/// @param count how many entries it holds; 1 for a batch that is not [Content.Commands]
/// @param term the term in which it was appended
/// @param time log time of all its entries; no part of it is ever less than in the batch before
/// @param content what it holds
/// @param proposals what of it was proposed on this node and still waits for an answer: one for each entry, or none
public record CommittedBatch(
        long firstIndex, int count, long term, LogTime time, Content content, List<Proposal> proposals) {
    public CommittedBatch {
        Invariant.check(firstIndex > 0 && count > 0, "a batch has at least one entry");
        Invariant.check(proposals.isEmpty() || proposals.size() == count, "one proposal for each entry, or none");
    }

    /// The index of its last entry.
    public long lastIndex() {
        return firstIndex + count - 1;
    }

    /// What a batch holds.
    public sealed interface Content {
        /// Commands, as [Entries] joins them.
        record Commands(Bytes body) implements Content {}

        /// The first batch of a term, in which `leader` leads.
        record TermStart(NodeId leader) implements Content {}

        /// Something the engine keeps for itself, such as who votes; ledgers only see its time pass.
        record EngineOwn() implements Content {}
    }
}
