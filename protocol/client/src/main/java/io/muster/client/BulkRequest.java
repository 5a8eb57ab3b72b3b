package io.muster.client;

import io.muster.wire.Fields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks for all jobs that a filter finds to be cancelled, retried or purged: `POST /v1/jobs:cancel` and its kin. At
/// least one of the filter's fields has to be there, or `all`.
///
/// @param state one or more states with commas between; all that the verb is for when absent
/// @param queue only jobs of this queue
/// @param type only jobs for this handler
/// @param labels only jobs that require these labels, among others; a label without a value has `""`
/// @param audit only jobs of this audit
/// @param olderThanMillis only jobs that were submitted so long ago at least
/// @param all no filter is meant
/// @param dryRun count, and change nothing
/// @param limit how many jobs to change at most with this request, 1 to 1,000; 1,000 when absent
/// @param cursor the `next` of the answer before
public record BulkRequest(
        @Nullable String state,
        @Nullable String queue,
        @Nullable String type,
        Map<String, String> labels,
        @Nullable String audit,
        @Nullable Long olderThanMillis,
        @Nullable Boolean all,
        @Nullable Boolean dryRun,
        @Nullable Integer limit,
        @Nullable String cursor) {
    public BulkRequest {
        labels = Fields.sorted(labels);
    }

    /// The request for the slice after the one that answered with `next`.
    public BulkRequest after(String next) {
        return new BulkRequest(state, queue, type, labels, audit, olderThanMillis, all, dryRun, limit, next);
    }
}
