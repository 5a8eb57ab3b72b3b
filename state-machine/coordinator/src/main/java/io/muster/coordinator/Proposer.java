package io.muster.coordinator;

import io.muster.log.Proposal;

/// Where the coordinator puts commands on their way into the log: the engine's `propose`.
public interface Proposer {
    void propose(Proposal proposal);
}
