package io.muster.http;

import io.javalin.http.Context;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;

/// What a request holds from its admission to the end of its answer: a share of the node's memory and a deadline.
///
/// @param reservation what it holds of the memory
/// @param deadline when its connection is closed, whatever it waits for
/// @param limits how long it may take
public record Underway(Admission.Reservation reservation, Deadlines.Deadline deadline, TransportLimits limits) {
    private static final String ATTRIBUTE = "muster.underway";

    /// Notes that a request holds `reservation` until its answer is written or its connection is lost.
    static void begin(Context ctx, Admission.Reservation reservation, Deadlines deadlines) {
        Request request = ServletContextRequest.getServletContextRequest(ctx.req());
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        TransportLimits limits = deadlines.limits();
        var deadline = deadlines.in(limits.whole(), () -> connection.close(new EofException("the peer took too long")));
        var underway = new Underway(reservation, deadline, limits);
        ctx.attribute(ATTRIBUTE, underway);
        Request.addCompletionListener(request, _ -> underway.end());
    }

    /// What this request holds.
    public static Underway of(Context ctx) {
        return Objects.requireNonNull(ctx.<Underway>attribute(ATTRIBUTE), "a guarded route runs after its admission");
    }

    /// Its body is being read. A caller that sends too slowly is told so; one that stops sending finds
    /// the connection closed a little later.
    void awaitBody() {
        deadline.putOff(limits.body().plus(limits.grace()));
    }

    /// Its body is there.
    void awaitAnswer() {
        deadline.putOff(limits.whole());
    }

    private void end() {
        deadline.close();
        reservation.close();
    }
}
