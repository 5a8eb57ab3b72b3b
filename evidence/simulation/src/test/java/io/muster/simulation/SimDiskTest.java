package io.muster.simulation;

import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.raft.Configuration;
import io.muster.raftruntime.LogStore;
import io.muster.raftruntime.LogStoreContract;
import java.util.Map;
import java.util.TreeMap;

/// The simulated disk keeps the promises of a real one.
final class SimDiskTest implements LogStoreContract {
    private static final long LONG_NANOS = 10_000_000_000L;
    private static final Configuration FOUNDERS = Configuration.founding(new TreeMap<>(
            Map.of(N1, new VoterId(7, 1), new NodeId("n2"), new VoterId(7, 2), new NodeId("n3"), new VoterId(7, 3))));

    private final Agenda agenda = new Agenda();
    private final SimDisk disk = new SimDisk(agenda, new Oracle(agenda, 7), new Chance(7), N1, FOUNDERS);
    private boolean isOver;

    @Override
    public LogStore open() {
        return disk.open();
    }

    @Override
    public Configuration voters() {
        return FOUNDERS;
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
