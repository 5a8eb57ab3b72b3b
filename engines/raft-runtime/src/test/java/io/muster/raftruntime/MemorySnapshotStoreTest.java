package io.muster.raftruntime;

import java.util.HashMap;
import java.util.Map;

/// The fake keeps the same promises as the real one.
final class MemorySnapshotStoreTest implements SnapshotStoreContract {
    private final Map<String, MemorySnapshotStore> stores = new HashMap<>();

    @Override
    public SnapshotStore open(String name) {
        return stores.computeIfAbsent(name, _ -> new MemorySnapshotStore());
    }
}
