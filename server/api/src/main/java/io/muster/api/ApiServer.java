package io.muster.api;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.util.JavalinBindException;
import io.muster.history.HistoryStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/// The HTTP server of one node: every [Route], each behind the same checks, bound to its handler.
///
/// Each request has a virtual thread of its own, which may wait for the log or for another node. What every request
/// passes, in this order: security headers and the site check, the key and its role, [Admission], and for what belongs
/// to the leader the [LeaderGate].
public final class ApiServer implements AutoCloseable {
    /// Longer than the 30 s for which the forwarding side keeps an idle connection: were ours shorter, a request could
    /// be sent into a connection that is just being closed, and its outcome would be unknown for no reason.
    private static final long IDLE_MILLIS = 60_000;

    /// Room for a key, a trace and a cursor; hostile headers end here.
    static final int MAX_HEADER_BYTES = 16 << 10;

    /// How long answers under way are waited for at the end.
    private static final long STOP_MILLIS = 2_000;

    /// Somebody has to make room first.
    private static final int SHORTAGE_RETRY_SECONDS = 10;

    private final ApiConfig config;
    private final ClusterPort cluster;
    private final SiteCheck site;
    private final EventHub events = new EventHub(System::nanoTime);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final PeerClient peers;
    private final Admission admission;
    private final Deadlines deadlines;
    private final Connections connections;
    private final Authenticator authenticator;
    private final LeaderGate leaderGate;
    private final NodeMetrics meters;
    private final RouteHandlers handlers;
    private final WorkChannels channels;
    private final Javalin javalin;
    private @Nullable ServerConnector connector;

    public ApiServer(ApiConfig config, ClusterPort cluster, HistoryStore history) {
        this(config, cluster, history, TransportLimits.USUAL);
    }

    /// A server with limits of its own: a test does not wait for minutes.
    ApiServer(ApiConfig config, ClusterPort cluster, HistoryStore history, TransportLimits limits) {
        this.config = config;
        this.admission = Admission.within(limits.bytes());
        this.deadlines = new Deadlines(limits);
        this.connections = new Connections(limits);
        this.cluster = cluster;
        this.site = new SiteCheck(config.hostNames(), cluster);
        this.authenticator = new Authenticator(cluster);
        this.peers = new PeerClient(config.peerTimeout());
        var watch = new LeadershipWatch();
        cluster.onLeadershipChange(watch::changed);
        this.leaderGate = new LeaderGate(cluster, new Forwarder(cluster.self(), peers.http()), watch, config);
        var tidings = new ExchangeReplyMapper(cluster);
        var fanout = new PeerFanout(cluster, peers.http(), config.peerTimeout());
        var reads = new Reads(cluster);
        var finishes = new FinishWatch();
        this.meters = new NodeMetrics(cluster, reads);
        cluster.listen(new EventFeed(events, cluster, meters, finishes));
        this.handlers = new RouteHandlers(new RouteHandlers.Parts(
                cluster, history, reads, fanout, tidings, meters, new EventRoutes(events, closed), finishes));
        this.channels = new WorkChannels(
                new WorkChannel.Surroundings(
                        cluster, tidings, new ExchangeRelay(cluster, tidings, peers.http(), config.peerTimeout())),
                admission,
                deadlines);
        this.javalin = Javalin.create(this::configure);
    }

    /// Starts to listen.
    ///
    /// @throws IOException if the port is taken or the address cannot be bound
    public void start() throws IOException {
        try {
            javalin.start();
            deadlines.start(connections::look);
            events.start();
        } catch (JavalinBindException e) {
            throw new IOException(
                    "cannot listen on " + config.host() + " port " + config.port() + ": is another process using it?",
                    e);
        }
    }

    /// The port it listens on, once started.
    public int port() {
        return Objects.requireNonNull(connector, "the server was not started").getLocalPort();
    }

    /// Ends event streams, waits shortly for answers under way, and stops listening.
    @Override
    public void close() {
        closed.countDown();
        events.close();
        javalin.stop();
        deadlines.close();
        peers.close();
        meters.close();
    }

    private void configure(JavalinConfig javalinConfig) {
        javalinConfig.concurrency.useVirtualThreads = true;
        javalinConfig.startup.showJavalinBanner = false;
        javalinConfig.startup.showOldJavalinVersionWarning = false;
        javalinConfig.startup.startupWatcherEnabled = false;
        javalinConfig.http.prefer405over404 = true;
        javalinConfig.http.maxRequestSize = RequestBody.MAX_BYTES;
        javalinConfig.http.compressionStrategy = CompressionStrategy.NONE;
        javalinConfig.jetty.addConnector(this::listen);
        javalinConfig.jetty.modifyServer(ApiServer::shape);
        javalinConfig.jetty.modifyWebSocketServletFactory(factory -> {
            factory.setIdleTimeout(Duration.ofMillis(IDLE_MILLIS));
            factory.addMapping(Route.WORK_CHANNEL.path(), channels::open);
        });
        javalinConfig.requestLogger.http(this::answered);
        javalinConfig.routes.before(this::everyRequest);
        ProblemResponses.install(javalinConfig.routes);
        for (Route route : Route.values()) {
            bind(javalinConfig, route);
        }
    }

    private void bind(JavalinConfig javalinConfig, Route route) {
        Handler handler = guarded(route);
        switch (route.method()) {
            case GET -> {
                javalinConfig.routes.get(route.path(), handler);
                // The same head, the same checks (RFC 9110 §9.3.2); the server leaves the body out.
                javalinConfig.routes.head(route.path(), handler);
            }
            case POST -> javalinConfig.routes.post(route.path(), handler);
            case DELETE -> javalinConfig.routes.delete(route.path(), handler);
            case WEBSOCKET -> {
                javalinConfig.routes.wsBeforeUpgrade(route.path(), ProblemResponses.written(ctx -> {
                    everyRequest(ctx);
                    handler.handle(ctx);
                }));
                // Only its path counts here: the endpoint of channels is made by the factory below.
                javalinConfig.routes.ws(route.path(), _ -> {});
            }
        }
    }

    private Handler guarded(Route route) {
        Handler handler = route == Route.WORK_CHANNEL ? channels::upgrade : handlers.of(route);
        Handler guarded = ctx -> {
            route.note(ctx);
            authenticator.admit(ctx, route.access());
            QueryCheck.check(ctx, route);
            // Event streams stay for hours and have limits of their own.
            if (route != Route.EVENTS) {
                Underway.begin(ctx, admission.enter(Caller.key(ctx), pool(route)), deadlines);
            }
            answer(route, ctx, handler);
        };
        return route == Route.SEED_COMMAND ? SeedErrors.spokenBy(guarded) : guarded;
    }

    private void answer(Route route, Context ctx, Handler handler) throws Exception {
        switch (route.answeredBy()) {
            case ANY_NODE -> handler.handle(ctx);
            case LEADER -> leaderGate.answer(ctx, route.bringsMore() ? whileThereIsRoom(handler) : handler);
        }
    }

    private Handler whileThereIsRoom(Handler handler) {
        return ctx -> {
            var shortage = cluster.shortage();
            if (shortage.isPresent()) {
                throw Refusal.of(ProblemType.DISK_NEARLY_FULL, cluster.self() + " takes nothing new: " + shortage.get())
                        .retryAfter(SHORTAGE_RETRY_SECONDS)
                        .refused();
            }
            handler.handle(ctx);
        };
    }

    private static Admission.Pool pool(Route route) {
        return route.access() == Access.WORK ? Admission.Pool.WORK : Admission.Pool.REQUESTS;
    }

    private void everyRequest(Context ctx) {
        SecurityHeaders.on(ctx);
        ClusterHeaders.on(ctx, cluster);
        site.check(ctx);
        HeadCheck.check(ctx);
    }

    private void answered(Context ctx, Float millis) {
        meters.answered(Route.find(ctx), ctx.statusCode(), Duration.ofNanos((long) (millis * 1e6)));
    }

    private ServerConnector listen(Server server, HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        var made = new ServerConnector(server, new HttpConnectionFactory(http));
        made.setHost(config.host());
        made.setPort(config.port());
        made.setIdleTimeout(IDLE_MILLIS);
        made.addBean(connections);
        connector = made;
        return made;
    }

    private static void shape(Server server) {
        server.setStopTimeout(STOP_MILLIS);
        server.setErrorHandler(new PlainErrors());
    }
}
