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

    /// What it asks for, in a line for people who read the log, behind the name of its kind. It holds nothing that a
    /// viewer may not see: no payload, no hash of a key. `""` where the kind says it all.
    default String summary() {
        return "";
    }
}
