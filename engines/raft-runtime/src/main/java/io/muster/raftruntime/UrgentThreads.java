package io.muster.raftruntime;

/// Starts the threads that an acknowledged write waits for: the loop's and the log writer's. Where the
/// machine is full they get their turn before the workers' threads, if the launcher's flags let
/// priorities count.
final class UrgentThreads {
    private UrgentThreads() {}

    /// Starts `body` on a thread of its own.
    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it: it only shortens the wait for a turn.
    static Thread start(String name, Runnable body) {
        return Thread.ofPlatform().name(name).priority(Thread.MAX_PRIORITY).start(body);
    }
}
