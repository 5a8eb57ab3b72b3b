package io.muster.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.muster.http.Forwarder.Result;
import io.muster.log.Leadership;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sees to it that a request which belongs to the leader reaches it, whichever node was asked.
///
/// Here if this node leads, else forwarded once: a forwarded request is never forwarded again, so that two nodes that
/// each take the other for the leader cannot pass it to and fro. While no leader is known the request waits, as long as
/// [HttpConfig#leaderWait] says: an election is shorter than that, and a client should not have to see it.
public final class LeaderGate {
    /// Names the node that forwarded the request.
    public static final String HOP_HEADER = "X-Muster-Hop";

    /// How long the caller will wait, as `wait=3` in seconds (RFC 7240 §4.3). A caller that is refused
    /// within that time knows that nothing was written; one that hangs up before does not.
    static final String PREFER_HEADER = "Prefer";

    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=(\\d{1,4})(?:$|[,;\\s])");

    /// Tells the forwarding node that nothing was done, so that it may try again.
    static final String NOT_LEADING_HEADER = "X-Muster-Not-Leading";

    private final NodePort cluster;
    private final Forwarder forwarder;
    private final LeadershipWatch watch;
    private final HttpConfig config;

    LeaderGate(NodePort cluster, Forwarder forwarder, LeadershipWatch watch, HttpConfig config) {
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
        Duration patience = patience(ctx);
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
            boolean isTold = attempt == Result.MAYBE_TAKEN && leadsElsewhere(leadership);
            if (!isTold && System.nanoTime() - start >= patience.toNanos()) {
                throw gaveUp(ctx, patience, leadership, known);
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
        return address.isPresent()
                ? forwarder.forward(ctx, address.get(), known, () -> leadsElsewhere(leadership))
                : Result.NOT_TAKEN;
    }

    /// Whether another node is known to lead than was asked: the one asked may never answer.
    private boolean leadsElsewhere(Leadership asked) {
        Leadership now = cluster.leadership();
        return now.isMine() || now.leader().isPresent() && !now.leader().equals(asked.leader());
    }

    private Duration patience(Context ctx) {
        Matcher wish = WAIT.matcher(Objects.requireNonNullElse(ctx.header(PREFER_HEADER), ""));
        if (!wish.find()) {
            return config.leaderWait();
        }
        Duration asked = Duration.ofSeconds(Integer.parseInt(wish.group(1)));
        return asked.compareTo(config.leaderWait()) < 0 ? asked : config.leaderWait();
    }

    private static RequestRefused gaveUp(Context ctx, Duration patience, Leadership leadership, Result known) {
        String detail =
                "no leader answered within " + patience.toMillis() + " ms; this node sees term " + leadership.term();
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
