package io.muster.raftruntime;

/// The fake keeps the same promises as the real one.
final class MemoryLogStoreTest implements LogStoreContract {
    private final MemoryLogStore store = new MemoryLogStore(VOTERS);

    @Override
    public LogStore open() {
        return store;
    }
}
