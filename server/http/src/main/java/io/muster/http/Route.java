package io.muster.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Objects;
import java.util.Optional;

/// One row of the table of what a node answers: how it is asked, who may, which node answers, and what guards it.
///
/// A module that answers something writes each row beside its handler: there is no row without one. The shell is given
/// the [Endpoint]s, and knows no row by name.
///
/// @param method how it is asked
/// @param path as Javalin and OpenAPI both write it, with `{name}` for a parameter
/// @param access who may
/// @param answeredBy which node answers
/// @param guards what else it passes before and after
public record Route(Method method, String path, Access access, AnsweredBy answeredBy, Guards guards) {
    private static final String ATTRIBUTE = "muster.route";

    /// Refuses a row that no full disk could ever stop: only the leader's disk is asked.
    public Route {
        if (answeredBy == AnsweredBy.ANY_NODE && guards.fullDisk() == Guards.FullDisk.REFUSED) {
            throw new IllegalArgumentException(
                    method + " " + path + " is answered by any node, so the leader's full disk cannot refuse it");
        }
    }

    /// A question, which every node answers.
    public static Route get(String path, Access access) {
        return new Route(Method.GET, path, access, AnsweredBy.ANY_NODE, Guards.OF_QUESTIONS);
    }

    /// A write, which goes into the log.
    public static Route post(String path, Access access) {
        return new Route(Method.POST, path, access, AnsweredBy.LEADER, Guards.OF_WRITES);
    }

    /// A write that takes something away.
    public static Route delete(String path, Access access) {
        return new Route(Method.DELETE, path, access, AnsweredBy.LEADER, Guards.OF_WRITES);
    }

    /// A write of the node that is asked, which does not go into the log: making it again does no harm.
    public static Route postHere(String path, Access access) {
        return new Route(Method.POST, path, access, AnsweredBy.ANY_NODE, Guards.OF_QUESTIONS);
    }

    /// A GET that upgrades the connection, on any node.
    public static Route upgrade(String path, Access access) {
        return new Route(Method.WEBSOCKET, path, access, AnsweredBy.ANY_NODE, Guards.OF_QUESTIONS);
    }

    /// The same row behind other guards.
    public Route behind(Guards others) {
        return new Route(method, path, access, answeredBy, others);
    }

    /// The same row with query parameters, each of which may stand there once.
    public Route asking(String... names) {
        return behind(guards.with(guards.query().with(names)));
    }

    /// The same row with a query parameter that narrows further each time it is given.
    public Route askingOften(String name) {
        return behind(guards.with(guards.query().withOften(name)));
    }

    /// This row, answered by `handler`.
    public Endpoint to(Handler handler) {
        return new Endpoint.Answered(this, handler);
    }

    /// How it is asked and where, as in `POST /v1/jobs`.
    @Override
    public String toString() {
        return method + " " + path;
    }

    /// Notes that a request is answered as one on this route; done once, before anything else.
    void note(Context ctx) {
        ctx.attribute(ATTRIBUTE, this);
    }

    /// The route of this request, none where no route answers it.
    static Optional<Route> find(Context ctx) {
        return Optional.ofNullable(ctx.attribute(ATTRIBUTE));
    }

    /// The route of this request.
    static Route of(Context ctx) {
        return Objects.requireNonNull(ctx.<Route>attribute(ATTRIBUTE), "every route notes itself first");
    }

    /// How a route is asked.
    public enum Method {
        /// Reads; a HEAD is answered too.
        GET,

        /// Writes.
        POST,

        /// Takes away.
        DELETE,

        /// A GET that upgrades the connection.
        WEBSOCKET
    }

    /// Whose state an answer needs.
    public enum AnsweredBy {
        /// Every node knows enough.
        ANY_NODE,

        /// It goes into the log: the others forward it.
        LEADER
    }
}
