package io.muster.http;

import io.javalin.http.Context;

/// Says in every answer who gave it and how much of the log it had seen.
final class ClusterHeaders {
    static final String NODE = "X-Muster-Node";
    static final String TERM = "X-Muster-Term";

    /// The highest entry whose effects the answer can contain.
    static final String INDEX = "X-Muster-Index";

    /// Where the leader's API is, in an answer that another node passed on: the next write may go there at once.
    static final String LEADER_ADDRESS = "X-Muster-Leader-Address";

    private ClusterHeaders() {}

    static void on(Context ctx, NodePort cluster) {
        ctx.header(NODE, cluster.self().value())
                .header(TERM, Long.toString(cluster.leadership().term()))
                .header(INDEX, Long.toString(cluster.appliedIndex()));
    }
}
