package io.muster.api;

import java.io.InputStream;

/// What became of the wish for a backup.
public sealed interface BackupAnswer {
    /// It is there, whole, and waits to be read.
    ///
    /// @param content its bytes; nothing is left of it on this node once it is closed
    /// @param bytes how many there are
    /// @param lastIndex the last entry of the log that it knows of
    record Ready(InputStream content, long bytes, long lastIndex) implements BackupAnswer {}

    /// There is none, for a reason that may pass.
    record Refused(String reason) implements BackupAnswer {}
}
