package io.muster.node;

import io.muster.log.VoterId;
import java.util.function.BooleanSupplier;

/// What an engine keeps in the data folder of a node that joins, until the node is started.
///
/// @param identity by what the cluster knows this folder from now on
/// @param readiness whether everything was done that is done before a start
/// @param beginning begins an empty log: the last that is done before a start
/// @param closing gives the folder back
record JoiningLog(VoterId identity, BooleanSupplier readiness, Runnable beginning, Runnable closing)
        implements AutoCloseable {
    boolean isReady() {
        return readiness.getAsBoolean();
    }

    void begin() {
        beginning.run();
    }

    @Override
    public void close() {
        closing.run();
    }
}
