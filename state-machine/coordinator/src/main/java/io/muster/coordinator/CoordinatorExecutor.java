package io.muster.coordinator;

/// Runs an act on the coordinator's own thread, after what it is doing now. Safe to call from any thread.
public interface CoordinatorExecutor {
    void execute(Runnable act);
}
