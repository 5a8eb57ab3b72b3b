package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The whole cluster as one node sees it: the answer of `GET /v1/cluster`.
///
/// @param cluster the cluster's id
/// @param lineage which history of the log this is; it changes only when a log was cut behind acknowledged commands
/// @param node who answers
/// @param leader who leads, as far as the answering node knows
/// @param index up to where the answering node had applied the log when it answered
/// @param advice what somebody who runs this cluster should know now, such as "alone: work runs on the leader"
/// @param counts live and finished jobs by state; kept, never counted on request
public record ClusterDocument(
        String cluster,
        String lineage,
        String node,
        @Nullable String leader,
        long term,
        long index,
        int featureLevel,
        List<NodeDocument> nodes,
        List<WorkerDocument> workers,
        List<QueueDocument> queues,
        Map<JobStatus, Long> counts,
        List<String> advice) {
    public ClusterDocument {
        nodes = Fields.copied(nodes);
        workers = Fields.copied(workers);
        queues = Fields.copied(queues);
        counts = Fields.sorted(counts);
        advice = Fields.copied(advice);
    }
}
