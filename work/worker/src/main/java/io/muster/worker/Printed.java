package io.muster.worker;

import io.muster.encoding.Bytes;
import io.muster.exchange.AttemptId;
import java.nio.file.Path;

/// What a run has printed.
///
/// @param id which run's
/// @param worker who ran it
/// @param written how many bytes it printed
/// @param tail the last of them, at most [#MAX_TAIL_BYTES]
/// @param whole where the others are
public record Printed(AttemptId id, String worker, long written, Bytes tail, Whole whole) {
    /// What goes into the log itself.
    public static final int MAX_TAIL_BYTES = 64 << 10;

    /// Where all that a run has printed is.
    public sealed interface Whole {
        /// The tail is all of it.
        record InTail() implements Whole {}

        /// A file holds it, up to [OutputSpool#MAX_BYTES] and with a mark where it was cut.
        record InFile(Path file) implements Whole {}

        /// It was not kept.
        record Missing(String reason) implements Whole {}
    }
}
