package io.muster.log;

/// A place in which a cluster of one node is about to begin, behind a state that another log has made. It is held until
/// it is closed; one that was closed before it began cannot be started.
public interface NewLog extends AutoCloseable {
    /// The new cluster's id, which no other has.
    ClusterId cluster();

    /// Begins behind `state`.
    ///
    /// @throws EngineException where it cannot be written
    void begin(FrozenState state);

    @Override
    void close();
}
