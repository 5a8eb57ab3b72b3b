package io.muster.log;

import io.muster.encoding.Bytes;
import java.util.function.BiConsumer;

/// All that the state machine knew after one entry of the log, held still so that it can be written while the
/// next entries are applied.
///
/// Made on the thread that owns the state, between two batches; there is at most one for a snapshot and one for a
/// backup at a time. It keeps what apply has replaced since, so it is to be written soon and closed in any case.
public interface FrozenState extends AutoCloseable {
    /// The last entry that it knows of; always the last of a batch.
    long lastIndex();

    /// The term of that entry.
    long lastTerm();

    /// Log time of that entry.
    LogTime lastTime();

    /// Gives out all chunks, section by section: the name of the section, and a chunk that the section checks by
    /// itself. A section may have several chunks, in their order. No more than a few chunks are in memory at once.
    ///
    /// Called once, from any one thread, while the owner of the state applies further entries. What
    /// `sections` throws comes out of here; the frozen state is then to be closed all the same.
    void write(BiConsumer<String, Bytes> sections);

    /// Lets go of it. Safe to call twice, from any thread, also in place of [#write].
    @Override
    void close();
}
