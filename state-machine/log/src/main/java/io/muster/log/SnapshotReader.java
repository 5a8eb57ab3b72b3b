package io.muster.log;

import io.muster.encoding.Bytes;

/// A snapshot that is read back: what [FrozenState#write] handed over, section by section.
///
/// Owned by one thread. The file behind it stays readable until this is closed, also where it is replaced meanwhile.
public interface SnapshotReader extends AutoCloseable {
    /// The chunks of the section `name`, in the order in which they were written; none where there is no such section.
    /// Each is read when it is asked for, and throws [EngineException] where it is damaged.
    Iterable<Bytes> section(String name);

    /// Lets go of the file. Safe to call twice.
    @Override
    void close();
}
