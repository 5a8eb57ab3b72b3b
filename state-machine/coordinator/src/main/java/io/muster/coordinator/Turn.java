package io.muster.coordinator;

/// Runs an act on the desk's own thread, after what it is doing now. Safe to call from any thread.
public interface Turn {
    void post(Runnable act);
}
