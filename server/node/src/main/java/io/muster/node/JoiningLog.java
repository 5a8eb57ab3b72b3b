package io.muster.node;

import io.muster.log.VoterId;

/// What an engine keeps in the data folder of a node that joins, until the node is started.
interface JoiningLog extends AutoCloseable {
    /// By what the cluster knows this folder from now on.
    VoterId identity();

    /// Whether everything was done that is done before a start.
    boolean isReady();

    /// Begins an empty log: the last that is done before a start.
    void begin();

    @Override
    void close();
}
