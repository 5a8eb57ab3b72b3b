package io.muster.raft;

/// Configurations with other limits than the usual ones.
final class Configs {
    private static final RaftConfig USUAL = RaftConfig.DEFAULT;

    private Configs() {}

    /// The usual one with other limits of replication to one follower.
    static RaftConfig withAppends(int bytes, int inflight, int inflightBytes) {
        return new RaftConfig(USUAL.times(), new RaftConfig.Appends(bytes, inflight, inflightBytes), USUAL.memory());
    }

    /// `config` with other limits of memory.
    static RaftConfig withMemory(RaftConfig config, int window, int uncommittedBytes, int barriers) {
        int kept = Math.min(config.memory().keptBytes(), window);
        return new RaftConfig(
                config.times(),
                config.appends(),
                new RaftConfig.MemoryLimits(window, kept, uncommittedBytes, barriers));
    }

    /// `config` with another amount of the log's end that stays when it is cut.
    static RaftConfig keeping(RaftConfig config, int bytes) {
        var memory = config.memory();
        return new RaftConfig(
                config.times(),
                config.appends(),
                new RaftConfig.MemoryLimits(
                        memory.windowBytes(), bytes, memory.maxUncommittedBytes(), memory.maxBarriers()));
    }
}
