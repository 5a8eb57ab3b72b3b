package io.muster.log;

import io.muster.encoding.Bytes;

/// A command that can be put into the log. Each ledger has a sealed type of its own for what it can
/// be asked.
public interface LogCommand {
    /// Which command this is. [Envelope#of] writes the body under this kind's number and version
    /// and no other.
    CommandKind<?> kind();

    /// The body, in the version that [#kind] names.
    Bytes encode();
}
