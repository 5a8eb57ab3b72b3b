package io.muster.coordinator;

import io.muster.jobs.Capacity;
import io.muster.jobs.Checkpoint;
import io.muster.jobs.Inventory;
import io.muster.jobs.WorkResult;
import java.util.List;

/// What a worker reports in one exchange.
///
/// @param principal who reports, as the access ledger names it
/// @param sequence counts this incarnation's exchanges; a lower one than the last is an old message
/// @param capacity how much it runs at once, and of what
/// @param inventory what it holds, and whose results it still sends
/// @param results those results
/// @param checkpoints how far its runs have come, where that is new
/// @param unread why it could not read what it was told last, `""` where it could
public record WorkerReport(
        String principal,
        long sequence,
        Capacity capacity,
        Inventory inventory,
        List<WorkResult> results,
        List<Checkpoint> checkpoints,
        String unread) {
    public WorkerReport {
        results = List.copyOf(results);
        checkpoints = List.copyOf(checkpoints);
    }

    /// A report of a worker that reads what it is told.
    public WorkerReport(
            String principal,
            long sequence,
            Capacity capacity,
            Inventory inventory,
            List<WorkResult> results,
            List<Checkpoint> checkpoints) {
        this(principal, sequence, capacity, inventory, results, checkpoints, "");
    }
}
