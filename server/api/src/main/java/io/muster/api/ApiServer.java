package io.muster.api;

import io.muster.compat.CompatEndpoints;
import io.muster.dispatch.DispatchEndpoints;
import io.muster.history.HistoryStore;
import io.muster.http.Commands;
import io.muster.http.Endpoint;
import io.muster.http.HttpConfig;
import io.muster.http.HttpServer;
import io.muster.http.PeerFanout;
import io.muster.http.Reads;
import io.muster.http.Route;
import io.muster.http.ServerResources;
import io.muster.http.TransportLimits;
import io.muster.objects.ObjectReplication;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// Everything that one node answers over HTTP: the one table, joined of the rows of the modules, on the shell's server.
public final class ApiServer implements AutoCloseable {
    private final EventHub events = new EventHub(System::nanoTime);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ParsingThreads parsing = new ParsingThreads();
    private final ServerResources resources;
    private final NodeMetrics metrics;
    private final List<Route> routes;
    private final HttpServer server;

    /// What a node keeps beside the log.
    ///
    /// @param history finished work
    /// @param objects what is too large for the log
    public record Stores(HistoryStore history, ObjectReplication objects) {}

    /// A server of `cluster`; it does not listen yet.
    public ApiServer(HttpConfig config, ClusterPort cluster, Stores stores) {
        this(config, cluster, stores, TransportLimits.USUAL);
    }

    /// A server with limits of its own: a test does not wait for minutes.
    ApiServer(HttpConfig config, ClusterPort cluster, Stores stores, TransportLimits limits) {
        var reads = new Reads(cluster);
        var finishes = new FinishWatch();
        this.resources = ServerResources.of(config, limits);
        this.metrics = new NodeMetrics(cluster, reads, stores.objects().store());
        cluster.listen(new EventFeed(events, cluster, metrics, finishes));
        var commands = new Commands(cluster);
        var fanout = new PeerFanout(cluster, resources.peers().http(), config.peerTimeout());
        var own = new ApiEndpoints(new ApiEndpoints.Dependencies(
                cluster,
                stores.history(),
                stores.objects(),
                commands,
                reads,
                fanout,
                metrics,
                new EventRoutes(events, closed),
                finishes,
                parsing));
        List<Endpoint> endpoints = Stream.of(
                        own.all(),
                        DispatchEndpoints.of(cluster, cluster, resources, config.peerTimeout()),
                        CompatEndpoints.of(cluster, commands, reads, fanout))
                .flatMap(List::stream)
                .toList();
        this.routes = endpoints.stream().map(Endpoint::route).toList();
        this.server = new HttpServer(config, cluster, resources, endpoints, metrics);
    }

    /// Starts to listen.
    ///
    /// @throws IOException if the port is taken or the address cannot be bound
    public void start() throws IOException {
        server.start();
        events.start();
    }

    /// The one table of everything that is answered here.
    List<Route> routes() {
        return routes;
    }

    /// The port it listens on, once started.
    public int port() {
        return server.port();
    }

    /// Ends event streams, waits shortly for answers under way, and stops listening.
    @Override
    public void close() {
        closed.countDown();
        events.close();
        server.close();
        parsing.close();
        resources.close();
        metrics.close();
    }
}
