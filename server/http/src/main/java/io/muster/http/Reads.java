package io.muster.http;

import io.javalin.http.Context;
import io.muster.log.Engine;
import io.muster.state.ClusterState;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/// Reads this node's state for a request: as it is (`consistency=local`, the default), or after a barrier
/// (`consistency=leader`), so that the answer contains everything acknowledged before the request came.
public final class Reads {
    /// A read takes microseconds once its turn comes; longer means that this node is stuck.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final NodePort cluster;

    public Reads(NodePort cluster) {
        this.cluster = cluster;
    }

    /// What `question` answers, on the state's own thread, with the consistency that the request asks for.
    public <T> T read(Context ctx, Function<ClusterState, T> question) throws InterruptedException {
        switch (Objects.requireNonNullElse(ctx.queryParam("consistency"), "local")) {
            case "local" -> {}
            case "leader" -> awaitBarrier();
            case String other ->
                throw Refusal.of(
                                ProblemType.MALFORMED_REQUEST,
                                "consistency '" + other + "' is not known: use local or leader")
                        .refused();
        }
        ClusterHeaders.on(ctx, cluster);
        return read(question);
    }

    /// What `question` answers, on the state's own thread.
    public <T> T read(Function<ClusterState, T> question) throws InterruptedException {
        return Waiting.on(cluster.read(question), PATIENCE)
                .orElseThrow(() -> stale("its state did not answer within " + PATIENCE.toSeconds() + " s"));
    }

    /// Waits until everything acknowledged before this call can be read here.
    public void awaitBarrier() throws InterruptedException {
        var barrier = Waiting.on(cluster.barrier(), PATIENCE)
                .orElseThrow(() -> stale("no majority answered within " + PATIENCE.toSeconds() + " s"));
        if (barrier instanceof Engine.Barrier.Unavailable(String reason)) {
            throw stale(reason);
        }
    }

    private static RequestRefused stale(String why) {
        return Refusal.of(ProblemType.STALE, "this node cannot answer for the cluster now: " + why)
                .retryAfter(1)
                .refused();
    }
}
