package io.muster.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/// The HTTP server of one node: every [Endpoint] that it is given, each behind the guards of its [Route].
///
/// Each request has a virtual thread of its own, which may wait for the log or for another node. What every request
/// passes, in this order: security headers and the site check, the key and its role, [Admission], and for what belongs
/// to the leader the [LeaderGate].
public final class HttpServer implements AutoCloseable {
    /// Longer than the 30 s for which the forwarding side keeps an idle connection: were ours shorter, a request could
    /// be sent into a connection that is just being closed, and its outcome would be unknown for no reason.
    private static final long IDLE_MILLIS = 60_000;

    /// Room for a key, a trace and a cursor; hostile headers end here.
    static final int MAX_HEADER_BYTES = 16 << 10;

    /// How long answers under way are waited for at the end.
    private static final long STOP_MILLIS = 2_000;

    /// How long a connection without a request is kept at the end: a request that was sent before its caller could
    /// know of the end arrives within that time. Most callers keep their connections, so each stop takes that long.
    private static final long IDLE_AT_STOP_MILLIS = 200;

    /// Somebody has to make room first.
    private static final int SHORTAGE_RETRY_SECONDS = 10;

    private final HttpConfig config;
    private final NodePort node;
    private final ServerResources resources;
    private final AnswerListener listener;
    private final SiteCheck site;
    private final Connections connections;
    private final Authenticator authenticator;
    private final LeaderGate leaderGate;
    private final Javalin javalin;
    private @Nullable ServerConnector connector;

    /// A server of those endpoints; it does not listen yet. The resources stay the caller's, and are closed after it.
    public HttpServer(
            HttpConfig config,
            NodePort node,
            ServerResources resources,
            List<Endpoint> endpoints,
            AnswerListener listener) {
        this.config = config;
        this.node = node;
        this.resources = resources;
        this.listener = listener;
        this.site = new SiteCheck(config, node, openToFellows(endpoints));
        this.connections = new Connections(resources.deadlines().limits());
        this.authenticator = new Authenticator(node);
        var watch = new LeadershipWatch();
        node.onLeadershipChange(watch::changed);
        var forwarder = new Forwarder(node.self(), resources.peers().http());
        this.leaderGate = new LeaderGate(node, forwarder, watch, config);
        this.javalin = Javalin.create(javalinConfig -> configure(javalinConfig, List.copyOf(endpoints)));
    }

    /// Starts to listen.
    ///
    /// @throws IOException if the port is taken or the address cannot be bound
    public void start() throws IOException {
        try {
            javalin.start();
            resources.deadlines().start(connections::look);
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

    /// Waits shortly for answers under way, and stops listening. Safe to call twice.
    @Override
    public void close() {
        javalin.stop();
    }

    private static Set<String> openToFellows(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(Endpoint::route)
                .filter(route -> route.guards().origins() == Guards.Origins.PAGES_OF_FELLOWS)
                .map(Route::path)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void configure(JavalinConfig javalinConfig, List<Endpoint> endpoints) {
        javalinConfig.concurrency.useVirtualThreads = true;
        javalinConfig.startup.showJavalinBanner = false;
        javalinConfig.startup.showOldJavalinVersionWarning = false;
        javalinConfig.startup.startupWatcherEnabled = false;
        javalinConfig.http.prefer405over404 = true;
        javalinConfig.http.maxRequestSize = RequestBody.MAX_BYTES;
        javalinConfig.http.compressionStrategy = CompressionStrategy.NONE;
        javalinConfig.jetty.addConnector(this::listen);
        javalinConfig.jetty.modifyServer(HttpServer::shape);
        javalinConfig.requestLogger.http(this::answered);
        javalinConfig.routes.before(this::everyRequest);
        ProblemResponses.install(javalinConfig.routes);
        for (Endpoint endpoint : endpoints) {
            switch (endpoint) {
                case Endpoint.Answered(Route route, Handler handler) ->
                    bind(
                            javalinConfig,
                            route,
                            spoken(guarded(route, handler), route.guards().errors()));
                case Endpoint.Upgraded upgraded -> bind(javalinConfig, upgraded);
            }
        }
    }

    private static void bind(JavalinConfig javalinConfig, Route route, Handler handler) {
        switch (route.method()) {
            case GET -> {
                javalinConfig.routes.get(route.path(), handler);
                // The same head, the same checks (RFC 9110 §9.3.2); the server leaves the body out.
                javalinConfig.routes.head(route.path(), handler);
            }
            case POST -> javalinConfig.routes.post(route.path(), handler);
            case DELETE -> javalinConfig.routes.delete(route.path(), handler);
            case WEBSOCKET -> throw new IllegalArgumentException(route.path() + " is no upgrade and is asked as one");
        }
    }

    private void bind(JavalinConfig javalinConfig, Endpoint.Upgraded upgraded) {
        String path = upgraded.route().path();
        Handler handler = guarded(upgraded.route(), upgraded.handler());
        javalinConfig.jetty.modifyWebSocketServletFactory(factory -> {
            factory.setIdleTimeout(Duration.ofMillis(IDLE_MILLIS));
            factory.addMapping(path, upgraded.sockets());
        });
        javalinConfig.routes.wsBeforeUpgrade(path, ProblemResponses.written(ctx -> {
            everyRequest(ctx);
            handler.handle(ctx);
        }));
        // Only its path counts here: the endpoint of channels is made by the factory above.
        javalinConfig.routes.ws(path, _ -> {});
    }

    private Handler guarded(Route route, Handler handler) {
        return ctx -> {
            route.note(ctx);
            authenticator.admit(ctx, route.access());
            QueryCheck.check(ctx, route);
            admit(ctx, route.guards().admission());
            answer(route, ctx, handler);
        };
    }

    /// The same handler, whose refusals come in `shape`.
    private static Handler spoken(Handler handler, Guards.ErrorShape shape) {
        return ctx -> {
            try {
                handler.handle(ctx);
            } catch (RequestRefused refused) {
                shape.write(ctx, refused.refusal());
            }
        };
    }

    private void admit(Context ctx, Guards.Admitted admitted) {
        switch (admitted) {
            case AS_REQUEST -> begin(ctx, Admission.MemoryPool.REQUESTS);
            case AS_WORK -> begin(ctx, Admission.MemoryPool.WORK);
            case BY_ITS_OWN_LIMITS -> {}
        }
    }

    private void begin(Context ctx, Admission.MemoryPool pool) {
        Underway.begin(ctx, resources.admission().enter(Caller.key(ctx), pool), resources.deadlines());
    }

    private void answer(Route route, Context ctx, Handler handler) throws Exception {
        switch (route.answeredBy()) {
            case ANY_NODE -> handler.handle(ctx);
            case LEADER ->
                leaderGate.answer(
                        ctx,
                        switch (route.guards().fullDisk()) {
                            case REFUSED -> whileThereIsRoom(handler);
                            case ANSWERED -> handler;
                        });
        }
    }

    private Handler whileThereIsRoom(Handler handler) {
        return ctx -> {
            var diskPressure = node.diskPressure();
            if (diskPressure.isPresent()) {
                throw Refusal.of(
                                ProblemType.DISK_NEARLY_FULL, node.self() + " takes nothing new: " + diskPressure.get())
                        .retryAfter(SHORTAGE_RETRY_SECONDS)
                        .refused();
            }
            handler.handle(ctx);
        };
    }

    private void everyRequest(Context ctx) {
        SecurityHeaders.on(ctx);
        ClusterHeaders.on(ctx, node);
        site.check(ctx);
        HeadCheck.check(ctx);
    }

    private void answered(Context ctx, Float millis) {
        listener.answered(Route.find(ctx), ctx.statusCode(), Duration.ofNanos((long) (millis * 1e6)));
    }

    private ServerConnector listen(Server server, HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        var made = new ServerConnector(server, factories(http));
        made.setHost(config.host());
        made.setPort(config.port());
        made.setIdleTimeout(IDLE_MILLIS);
        made.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
        made.addBean(connections);
        connector = made;
        return made;
    }

    private ConnectionFactory[] factories(HttpConfiguration http) {
        var plain = new HttpConnectionFactory(http);
        return switch (config.security()) {
            case HttpSecurity.PlainHttp() -> new ConnectionFactory[] {plain};
            case HttpSecurity.Https https -> {
                var tls = new SslContextFactory.Server();
                tls.setSslContext(https.server());
                tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
                // Which names its certificate has is the client's to check.
                http.addCustomizer(new SecureRequestCustomizer(false));
                yield new ConnectionFactory[] {new SslConnectionFactory(tls, plain.getProtocol()), plain};
            }
        };
    }

    private static void shape(Server server) {
        server.setStopTimeout(STOP_MILLIS);
        server.setErrorHandler(new ParseErrors());
    }
}
