package io.muster.log;

import java.util.Optional;

/// What became of a proposal. *Unknown* is an answer of its own: a caller that gets it must ask again, not assume.
public sealed interface Outcome {
    /// It stands in the log at `index`, is as durable as the engine's [Guarantees] say, and was applied here.
    record Applied(long index, Reply reply) implements Outcome {}

    /// It was not appended, because this node does not lead, or not in the wanted term. `hint` may know who does.
    record NotLeader(Hint hint) implements Outcome {}

    /// It was not appended, because too much is on its way already; try again after `retryMillis`.
    record Overloaded(int retryMillis) implements Outcome {}

    /// It may or may not happen: it was appended, and then leadership, the connection or the node was lost.
    record Unknown(String reason) implements Outcome {}

    /// Who may lead instead.
    sealed interface Hint {
        /// Nobody is known to lead.
        record Nobody() implements Hint {}

        /// `node` led when this was said.
        record Ask(NodeId node) implements Hint {}

        /// The hint for a leader that may not be known.
        static Hint of(Optional<NodeId> leader) {
            return leader.<Hint>map(Ask::new).orElseGet(Nobody::new);
        }
    }
}
