package io.muster.coordinator;

import io.muster.encoding.Bytes;
import io.muster.log.FrozenState;
import io.muster.log.LogTime;
import java.util.function.BiConsumer;

/// A frozen state that is written once the history blocks closed before it are on disk.
record FrozenBehindHistory(FrozenState state, ClosedBlocks history) implements FrozenState {
    @Override
    public long lastIndex() {
        return state.lastIndex();
    }

    @Override
    public long lastTerm() {
        return state.lastTerm();
    }

    @Override
    public LogTime lastTime() {
        return state.lastTime();
    }

    @Override
    public void write(BiConsumer<String, Bytes> sections) {
        history.awaitWritten();
        state.write(sections);
    }

    @Override
    public void close() {
        state.close();
    }
}
