package io.muster.api;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.muster.api.Forwarder.Result;
import io.muster.cluster.Leadership;
import java.net.URI;
import java.util.Optional;

/// Sees to it that a request which belongs to the leader reaches it, whichever node was asked.
///
/// Here if this node leads, else forwarded once: a forwarded request is never forwarded again, so that two nodes that
/// each take the other for the leader cannot play ball with it. While no leader is known the request waits, as long as
/// [ApiConfig#leaderWait] says: an election is shorter than that, and a client should not have to see it.
final class LeaderGate {
    /// Names the node that forwarded the request.
    static final String HOP_HEADER = "X-Muster-Hop";

    /// Tells the forwarding node that nothing was done, so that it may try again.
    static final String NOT_LEADING_HEADER = "X-Muster-Not-Leading";

    private final ClusterPort cluster;
    private final Forwarder forwarder;
    private final LeadershipWatch watch;
    private final ApiConfig config;

    LeaderGate(ClusterPort cluster, Forwarder forwarder, LeadershipWatch watch, ApiConfig config) {
        this.cluster = cluster;
        this.forwarder = forwarder;
        this.watch = watch;
        this.config = config;
    }

    /// Answers with `here` on the leader and by forwarding elsewhere.
    ///
    /// Once a try may have been taken, nobody is told any more that nothing was written: what a later try says, or
    /// the lack of one, is not true of the first.
    void answer(Context ctx, Handler here) throws Exception {
        long start = System.nanoTime();
        boolean wasForwarded = ctx.header(HOP_HEADER) != null;
        Result known = Result.NOT_TAKEN;
        while (true) {
            long changes = watch.changes();
            Leadership leadership = cluster.leadership();
            Result attempt = leadership.isMine()
                    ? answeredHere(ctx, here, known)
                    : wasForwarded ? Result.NOT_TAKEN : answeredBy(leadership, ctx, known);
            if (attempt == Result.ANSWERED) {
                return;
            }
            if (wasForwarded) {
                ctx.header(NOT_LEADING_HEADER, "true");
                throw noLeader("this node was asked as the leader, and does not lead in term " + leadership.term());
            }
            known = attempt == Result.MAYBE_TAKEN ? attempt : known;
            if (System.nanoTime() - start > config.leaderWait().toNanos()) {
                throw gaveUp(ctx, leadership, known);
            }
            watch.awaitAfter(changes);
        }
    }

    private static Result answeredHere(Context ctx, Handler here, Result known) throws Exception {
        try {
            here.handle(ctx);
            return Result.ANSWERED;
        } catch (NotLeading e) {
            return Result.NOT_TAKEN;
        } catch (RequestRefused refused) {
            if (known == Result.MAYBE_TAKEN
                    && Repetition.saysNothingWasDone(refused.refusal().type().status())) {
                throw Repetition.unknown(ctx, "the answer of an earlier leader was lost, and a second try refused");
            }
            throw refused;
        }
    }

    private Result answeredBy(Leadership leadership, Context ctx, Result known) throws InterruptedException {
        Optional<URI> address = leadership.leader().flatMap(cluster::apiAddress);
        return address.isPresent() ? forwarder.forward(ctx, address.get(), known) : Result.NOT_TAKEN;
    }

    private RequestRefused gaveUp(Context ctx, Leadership leadership, Result known) {
        String detail = "no leader answered within " + config.leaderWait().toMillis() + " ms; this node sees term "
                + leadership.term();
        return known == Result.MAYBE_TAKEN
                ? Repetition.unknown(ctx, "a leader may have taken it, and since then " + detail)
                : noLeader(detail);
    }

    private static RequestRefused noLeader(String detail) {
        return Refusal.of(ProblemType.NO_LEADER, detail + "; nothing was written")
                .retryAfter(1)
                .refused();
    }
}
