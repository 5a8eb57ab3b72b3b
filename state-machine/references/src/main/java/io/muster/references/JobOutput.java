package io.muster.references;

import io.muster.encoding.Bytes;
import java.nio.charset.StandardCharsets;

/// What a run of a job has printed.
///
/// @param job whose
/// @param attempt which run's
/// @param worker who ran it
/// @param written how many bytes the run printed, those that were cut included
/// @param tail the last of them, at most [ReferenceLimits#MAX_TAIL_BYTES]
/// @param fullText where the whole is
public record JobOutput(String job, int attempt, String worker, long written, Bytes tail, FullText fullText) {
    public JobOutput {
        checkText("job", job, ReferenceLimits.MAX_NAME_BYTES);
        checkText("worker", worker, ReferenceLimits.MAX_NAME_BYTES);
        if (attempt < 1 || written < tail.size()) {
            throw new IllegalArgumentException(
                    "no run has attempt " + attempt + " and a tail of " + tail.size() + " of " + written + " bytes");
        }
        if (tail.size() > ReferenceLimits.MAX_TAIL_BYTES) {
            throw new IllegalArgumentException("a tail of " + tail.size() + " bytes is over the limit of "
                    + ReferenceLimits.MAX_TAIL_BYTES + " bytes");
        }
        switch (fullText) {
            case FullText.InTail() -> {
                if (written != tail.size()) {
                    throw new IllegalArgumentException("the tail is not all of the output");
                }
            }
            case FullText.InObject _ -> {}
            case FullText.Missing(var reason) -> checkText("reason", reason, ReferenceLimits.MAX_REASON_BYTES);
        }
    }

    private static void checkText(String what, String text, int most) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size == 0 || size > most) {
            throw new IllegalArgumentException("a " + what + " of " + size + " bytes: use 1 to " + most);
        }
    }
}
