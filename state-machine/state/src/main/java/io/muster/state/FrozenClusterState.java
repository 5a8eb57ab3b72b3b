package io.muster.state;

import io.muster.encoding.Bytes;
import io.muster.log.FrozenSection;
import io.muster.log.FrozenState;
import io.muster.log.LogTime;
import io.muster.log.Stamp;
import java.util.Map;
import java.util.function.BiConsumer;

/// The sections of a state, each held still by its ledger.
final class FrozenClusterState implements FrozenState {
    private final Stamp last;

    /// By name, in the order in which they are written; none once it is closed.
    private volatile Map<String, FrozenSection> sections;

    FrozenClusterState(Stamp last, Map<String, FrozenSection> sections) {
        this.last = last;
        this.sections = sections;
    }

    @Override
    public long lastIndex() {
        return last.index();
    }

    @Override
    public long lastTerm() {
        return last.term();
    }

    @Override
    public LogTime lastTime() {
        return last.time();
    }

    @Override
    public void write(BiConsumer<String, Bytes> chunks) {
        sections.forEach((name, section) -> section.write(chunk -> chunks.accept(name, chunk)));
    }

    @Override
    public void close() {
        sections = Map.of();
    }
}
