package io.muster.coordinator;

import io.muster.log.Proposal;

/// Where the desk puts commands on their way into the log: the engine's `propose`.
public interface Proposer {
    void propose(Proposal proposal);
}
