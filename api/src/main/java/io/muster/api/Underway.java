package io.muster.api;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/// What a request holds from its admission to the end of its answer: a share of the node's memory and a deadline.
///
/// @param share its share
/// @param deadline when its connection is closed, whatever it waits for
record Underway(Admission.Share share, Deadlines.Deadline deadline) {
    /// A body must be there by then: the largest at 273 KiB a second. Whoever trickles is told so, whoever stalls finds
    /// the connection closed a little later.
    static final Duration BODY = Duration.ofSeconds(30);

    /// Time to tell somebody who has missed a deadline that it was missed.
    private static final Duration GRACE = Duration.ofSeconds(5);

    /// A request must be answered and its answer read by then: far more than any route waits for, and than the largest
    /// answer needs on a slow line.
    private static final Duration WHOLE = Duration.ofMinutes(2);

    private static final String ATTRIBUTE = "muster.underway";

    /// Notes that a request holds `share` until its answer is written or its connection is lost.
    static void begin(Context ctx, Admission.Share share, Deadlines deadlines) {
        Request request = ServletContextRequest.getServletContextRequest(ctx.req());
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        var underway = new Underway(share, deadlines.in(WHOLE, () -> connection.close(new SlowPeerException())));
        ctx.attribute(ATTRIBUTE, underway);
        Request.addCompletionListener(request, _ -> underway.end());
    }

    /// What this request holds.
    static Underway of(Context ctx) {
        return Objects.requireNonNull(ctx.<Underway>attribute(ATTRIBUTE), "a guarded route runs after its admission");
    }

    /// Its body is being read.
    void awaitBody() {
        deadline.putOff(BODY.plus(GRACE));
    }

    /// Its body is there.
    void awaitAnswer() {
        deadline.putOff(WHOLE);
    }

    private void end() {
        deadline.close();
        share.close();
    }

    /// Why a connection was closed.
    private static final class SlowPeerException extends Exception {
        private static final long serialVersionUID = 1L;

        SlowPeerException() {
            super("the peer took too long");
        }
    }
}
