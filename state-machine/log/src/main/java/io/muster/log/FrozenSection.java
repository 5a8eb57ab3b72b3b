package io.muster.log;

import io.muster.encoding.Bytes;
import java.util.function.Consumer;

/// What a ledger knew at one entry of the log, held still: its section of a snapshot.
public interface FrozenSection {
    /// Hands over its chunks in their order, each of at most [SectionWriter#MAX_CHUNK_BYTES]. May be
    /// called on another thread than the ledger's, while the ledger goes on; always hands over the same
    /// bytes.
    void write(Consumer<Bytes> chunks);
}
