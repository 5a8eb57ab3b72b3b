package io.muster.duties;

import io.muster.cluster.Proposal;

/// Where the desk puts commands on their way into the log: the engine's `propose`.
public interface Proposer {
    void propose(Proposal proposal);
}
