package io.muster.history;

import io.muster.encoding.Bytes;
import java.util.Optional;

/// Where a block can be had that this node lacks: the other nodes.
public interface BlockSource {
    /// The [BlockFrame] of block `number` from any node that has it, or none from any that could be reached.
    Optional<Bytes> fetch(long number) throws InterruptedException;
}
