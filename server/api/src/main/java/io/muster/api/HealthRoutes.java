package io.muster.api;

import io.javalin.http.Context;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.RequestRefused;
import io.muster.http.Waiting;
import io.muster.log.Engine;
import java.time.Duration;
import java.util.Optional;

/// `/livez` and `/readyz`: whether the process answers at all, and whether it should be sent work.
///
/// Neither writes anything: a full disk or a lost majority must be seen, not made worse, by being looked at.
final class HealthRoutes {
    /// A healthy majority confirms a barrier within a heartbeat; a probe has its own patience of a few seconds.
    private static final Duration BARRIER_PATIENCE = Duration.ofSeconds(1);

    private final ClusterPort cluster;

    HealthRoutes(ClusterPort cluster) {
        this.cluster = cluster;
    }

    /// Answers whenever the process can answer at all.
    void live(Context ctx) {
        ctx.contentType("text/plain;charset=utf-8").result("alive\n");
    }

    /// Ready: not draining, the disk content, a leader known, and a majority confirms it.
    void ready(Context ctx) throws InterruptedException {
        Optional<String> notReadyReason = cluster.notReadyReason();
        if (notReadyReason.isPresent()) {
            throw notReady(notReadyReason.get());
        }
        if (cluster.leadership().leader().isEmpty()) {
            throw notReady("no leader is known in term " + cluster.leadership().term());
        }
        var barrier = Waiting.on(cluster.barrier(), BARRIER_PATIENCE);
        if (barrier.isEmpty()) {
            throw notReady("no majority answered within " + BARRIER_PATIENCE.toMillis() + " ms");
        }
        if (barrier.get() instanceof Engine.Barrier.Unavailable(String reason)) {
            throw notReady(reason);
        }
        ctx.contentType("text/plain;charset=utf-8").result("ready\n");
    }

    private static RequestRefused notReady(String why) {
        return Refusal.of(ProblemType.NOT_READY, why).retryAfter(1).refused();
    }
}
