package io.muster.simulation;

import io.muster.raftruntime.SnapshotStore;
import io.muster.raftruntime.SnapshotStoreContract;
import java.util.HashMap;
import java.util.Map;

/// The simulated snapshots keep the promises of real ones.
final class SimSnapshotsTest implements SnapshotStoreContract {
    private static final long LONG_NANOS = 10_000_000_000L;

    private final Agenda agenda = new Agenda();
    private final Map<String, SimSnapshots> disks = new HashMap<>();
    private boolean isOver;

    @Override
    public SnapshotStore open(String name) {
        return disks.computeIfAbsent(
                        name,
                        _ -> new SimSnapshots(agenda, new Chance(7), new Oracle(agenda, 7), SimSnapshots.Refusals.NONE))
                .open();
    }

    @Override
    public void turn() {
        isOver = false;
        agenda.in(LONG_NANOS, () -> isOver = true);
        while (!isOver) {
            agenda.next();
        }
    }
}
