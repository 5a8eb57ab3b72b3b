package io.muster.client;

import io.muster.encoding.Bytes;
import io.muster.wire.Fields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks for one job: the body of `POST /v1/jobs`, and one item of a batch.
///
/// @param type the handler that is to run it, such as `audit`
/// @param payload what the handler is given: any JSON value, kept byte for byte; an empty object when absent
/// @param queue where it waits; `default` when absent
/// @param priority 0 to 100, higher goes first within its queue; 50 when absent
/// @param requires labels that a worker must carry to be given this job
/// @param delayMillis how long after acceptance it becomes ready; at once when absent
/// @param timeoutMillis how long one run may take; the cluster's default when absent
/// @param maxAttempts how often it may fail before it is dead; the cluster's default when absent
/// @param uniqueKey while a live job has it, asking again answers with that job instead of making another
/// @param affinity jobs that share it prefer the same worker
public record SubmitJob(
        String type,
        Bytes payload,
        @Nullable String queue,
        @Nullable Integer priority,
        Map<String, String> requires,
        @Nullable Long delayMillis,
        @Nullable Long timeoutMillis,
        @Nullable Integer maxAttempts,
        @Nullable String uniqueKey,
        @Nullable String affinity) {
    private static final Bytes EMPTY_OBJECT = Bytes.utf8("{}");

    public SubmitJob {
        type = Fields.present(type, "type");
        payload = Fields.orElse(payload, EMPTY_OBJECT);
        requires = Fields.sorted(requires);
    }

    /// A job with everything else left to the cluster.
    public static SubmitJob of(String type, Bytes payload) {
        return new SubmitJob(type, payload, null, null, Map.of(), null, null, null, null, null);
    }
}
