package io.muster.dispatch;

import io.muster.http.Access;
import io.muster.http.Endpoint;
import io.muster.http.Guards.Admitted;
import io.muster.http.NodePort;
import io.muster.http.Repetition;
import io.muster.http.Route;
import io.muster.http.ServerResources;
import java.time.Duration;
import java.util.List;

/// The rows of this module in the table of what a node answers: one path, in two ways.
public final class DispatchEndpoints {
    /// Where workers send their exchanges to a node.
    static final String WORK = "/v1/work";

    private DispatchEndpoints() {}

    /// The endpoints for workers; `patience` is how long the leader may take when a channel passes an exchange on.
    public static List<Endpoint> of(NodePort node, WorkPort work, ServerResources resources, Duration patience) {
        var replies = new ExchangeReplyMapper(new NodeHints(node));
        var relay = new ExchangeRelay(node, replies, resources.peers().http(), patience);
        var dependencies = new WorkChannel.Dependencies(node, work, replies, relay);
        var channels = new WorkChannels(dependencies, resources.admission(), resources.deadlines());
        var exchanges = new WorkRoutes(work, replies);
        return List.of(
                ofWorkers(Route.post(WORK, Access.WORK)).to(exchanges::exchange),
                // Opens on any node, which passes exchanges on.
                new Endpoint.Upgraded(ofWorkers(Route.upgrade(WORK, Access.WORK)), channels::upgrade, channels::open));
    }

    /// An exchange tells the whole truth each time, so that repeating it is harmless.
    private static Route ofWorkers(Route route) {
        return route.behind(route.guards().with(Admitted.AS_WORK).with(Repetition.HARMLESS));
    }
}
