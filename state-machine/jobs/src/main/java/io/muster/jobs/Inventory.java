package io.muster.jobs;

import io.muster.log.NodeId;
import java.util.List;

/// Everything a worker says it has, in one exchange.
///
/// @param worker who
/// @param incarnation which process of that name
/// @param held the attempts it runs
/// @param unacknowledged the attempts whose results it still sends
public record Inventory(NodeId worker, long incarnation, List<Attempt> held, List<Attempt> unacknowledged) {
    public Inventory {
        held = List.copyOf(held);
        unacknowledged = List.copyOf(unacknowledged);
    }

    /// One claim of one job.
    public record Attempt(JobId job, int number) {}
}
