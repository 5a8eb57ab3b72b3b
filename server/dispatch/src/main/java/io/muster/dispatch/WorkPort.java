package io.muster.dispatch;

import io.muster.coordinator.WorkerAnswer;
import io.muster.coordinator.WorkerReport;
import io.muster.log.NodeId;
import java.util.function.Consumer;

/// Where the words of workers go: to the coordinator of this node, if it leads.
///
/// All methods may be called from any thread and return at once.
public interface WorkPort {
    /// Takes a worker's report; `sink` is told at least once while this node leads, and again whenever there is news
    /// for that worker. It must not block.
    void exchange(WorkerReport report, Consumer<WorkerAnswer> sink);

    /// The channel of the last exchange of that incarnation of `worker` is closed.
    void channelClosed(NodeId worker, long incarnation);
}
