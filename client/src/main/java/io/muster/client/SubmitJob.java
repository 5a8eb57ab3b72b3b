package io.muster.client;

import io.muster.encoding.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks for one job: the body of `POST /v1/jobs`, and one item of a batch.
///
/// @param type the handler that is to run it, such as `audit`
/// @param payload what the handler is given: any JSON value, kept byte for byte; an empty object when absent
/// @param queue where it waits; the queue `default` when absent
/// @param priority higher goes first within a queue; the queue's own when absent
/// @param requires labels that a worker must carry to be given this job
/// @param labels words to find the job by; they do not influence who runs it
/// @param delayMillis how long after acceptance it becomes ready; at once when absent
/// @param timeoutMillis how long one attempt may run; the cluster's own limit when absent
/// @param maxAttempts how often it may fail before it is dead; the cluster's own limit when absent
/// @param idempotencyKey asking again with the same key answers with the job that the key stands for already
public record SubmitJob(
        String type,
        Bytes payload,
        @Nullable String queue,
        @Nullable Integer priority,
        Map<String, String> requires,
        Map<String, String> labels,
        @Nullable Long delayMillis,
        @Nullable Long timeoutMillis,
        @Nullable Integer maxAttempts,
        @Nullable String idempotencyKey) {

    public SubmitJob {
        type = Fields.present(type, "type");
        payload = Fields.orElse(payload, EMPTY_OBJECT);
        requires = Fields.sorted(requires);
        labels = Fields.sorted(labels);
    }

    private static final Bytes EMPTY_OBJECT = Bytes.utf8("{}");

    /// A job with everything else left to the cluster.
    public static SubmitJob of(String type, Bytes payload) {
        return new SubmitJob(type, payload, null, null, Map.of(), Map.of(), null, null, null, null);
    }

    /// The same job under `key`, so that asking twice makes one job.
    public SubmitJob underKey(String key) {
        return new SubmitJob(
                type, payload, queue, priority, requires, labels, delayMillis, timeoutMillis, maxAttempts, key);
    }

    /// The same job in `otherQueue`.
    public SubmitJob inQueue(String otherQueue) {
        return new SubmitJob(
                type,
                payload,
                otherQueue,
                priority,
                requires,
                labels,
                delayMillis,
                timeoutMillis,
                maxAttempts,
                idempotencyKey);
    }

    /// The same job with another priority.
    public SubmitJob withPriority(int otherPriority) {
        return new SubmitJob(
                type,
                payload,
                queue,
                otherPriority,
                requires,
                labels,
                delayMillis,
                timeoutMillis,
                maxAttempts,
                idempotencyKey);
    }
}
