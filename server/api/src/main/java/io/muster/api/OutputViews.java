package io.muster.api;

import io.muster.client.OutputDocument;
import io.muster.references.FullText;
import io.muster.references.JobOutput;
import org.jspecify.annotations.Nullable;

/// What a run has printed, as `/v1` shows it.
final class OutputViews {
    private OutputViews() {}

    static OutputDocument of(JobOutput output) {
        return switch (output.fullText()) {
            case FullText.InTail() -> document(output, output.written(), null);
            case FullText.InObject(var object) -> document(output, Math.min(output.written(), object.bytes()), null);
            case FullText.Missing(var reason) -> document(output, output.tail().size(), reason);
        };
    }

    private static OutputDocument document(JobOutput output, long kept, @Nullable String missing) {
        return new OutputDocument(output.written(), kept, output.attempt(), missing);
    }
}
