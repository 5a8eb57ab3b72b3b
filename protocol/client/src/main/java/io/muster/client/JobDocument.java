package io.muster.client;

import io.muster.encoding.Bytes;
import io.muster.wire.Fields;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job as it is shown outside, running or finished.
///
/// @param id such as `job-0000000001g00`; sorts by the order of submission
/// @param attempt how often a worker has been given it; 0 before the first time
/// @param worker who holds it, or held it last
/// @param fence the fencing token of the current or last claim
/// @param notBefore the instant a scheduled job waits for
/// @param result the handler's JSON, for a job that succeeded
/// @param error what the last failed attempt said
/// @param reason why it is dead or cancelled, in one sentence
/// @param waitingFor why it does not run yet, in one sentence
/// @param checkpoint what the last attempt saved for the next, any JSON value
/// @param requires labels that its worker must carry
/// @param output what is kept of what its last run has printed; null for nothing
public record JobDocument(
        String id,
        String type,
        String queue,
        int priority,
        JobStatus state,
        int attempt,
        @Nullable String worker,
        @Nullable String fence,
        Instant submittedAt,
        @Nullable Instant notBefore,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Bytes payload,
        @Nullable Bytes result,
        @Nullable String error,
        @Nullable String reason,
        @Nullable String waitingFor,
        @Nullable Bytes checkpoint,
        Map<String, String> requires,
        @Nullable String uniqueKey,
        @Nullable OutputDocument output) {
    public JobDocument {
        id = Fields.present(id, "id");
        type = Fields.present(type, "type");
        state = Fields.present(state, "state");
        requires = Fields.sorted(requires);
    }

    /// The same job with what is kept of what it has printed.
    public JobDocument with(OutputDocument kept) {
        return new JobDocument(
                id,
                type,
                queue,
                priority,
                state,
                attempt,
                worker,
                fence,
                submittedAt,
                notBefore,
                startedAt,
                finishedAt,
                payload,
                result,
                error,
                reason,
                waitingFor,
                checkpoint,
                requires,
                uniqueKey,
                kept);
    }
}
