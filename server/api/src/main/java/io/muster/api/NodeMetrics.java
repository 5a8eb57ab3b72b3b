package io.muster.api;

import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.muster.http.AnswerListener;
import io.muster.http.Reads;
import io.muster.http.Route;
import io.muster.jobs.JobMetrics;
import io.muster.jobs.QueueView;
import io.muster.jobs.Stall;
import io.muster.jobs.WorkerView;
import io.muster.log.EngineGauge;
import io.muster.objects.ObjectStore;
import io.muster.state.ClusterState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/// `GET /metrics` for Prometheus, and the registry behind it.
///
/// The ledgers keep their own counts, so a scrape reads them once; nothing is counted a second time on the hot path.
/// `docs/metrics.md` is the list for people, and a test holds it to what a node really shows.
final class NodeMetrics implements AnswerListener, AutoCloseable {
    /// What is not on the table of routes.
    private static final String OTHER = "other";

    /// No registry of ours has more meters. Routes times statuses and what queues show stay far below it: it is there
    /// for the label that somebody forgets to bound.
    static final int MAX_METERS = 4_096;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final JobMetricsCollector jobMetrics = new JobMetricsCollector();
    private final Counter leaderChanges;
    private final Reads reads;
    private final QueueMetricsCollector queues;
    private final ObjectMetrics objects;
    private final MultiGauge slots;
    private final MultiGauge stalled;
    private final AtomicLong undecided = new AtomicLong();

    NodeMetrics(ClusterPort cluster, Reads reads, ObjectStore store) {
        this.reads = reads;
        registry.config().meterFilter(MeterFilter.maximumAllowableMetrics(MAX_METERS));
        registry.getPrometheusRegistry().register(jobMetrics);
        queues = new QueueMetricsCollector(registry);
        slots = MultiGauge.builder("muster.worker.slots")
                .description("Slots of all workers")
                .register(registry);
        stalled = MultiGauge.builder("muster.jobs.stalled")
                .description("Queued jobs that nothing in the cluster can run as it stands, by what is missing")
                .register(registry);
        leaderChanges = Counter.builder("muster.leader.changes")
                .description("Terms that began in what this process has applied of the log")
                .register(registry);
        Gauge.builder("muster.state.undecided", undecided, AtomicLong::get)
                .description("1 while the nodes' states differ and no majority agrees")
                .register(registry);
        objects = new ObjectMetrics(store, registry);
        registerEngine(cluster);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /// Notes that a term began. Called on the state's thread.
    void leaderChanged() {
        leaderChanges.increment();
    }

    /// Notes that a request was answered. Method and path are the route's, never the client's: a client
    /// that chose labels could fill the memory with them.
    @Override
    public void answered(Optional<Route> route, int status, Duration took) {
        Timer.builder("http.server.requests")
                .tag("method", route.map(known -> known.method().name()).orElse(OTHER))
                .tag("path", route.map(Route::path).orElse(OTHER))
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(took.toNanos(), TimeUnit.NANOSECONDS);
    }

    void scrape(Context ctx) throws InterruptedException {
        WorkMetrics metrics = reads.read(WorkMetrics::of);
        objects.show(reads.read(state -> state.references().objects()));
        queues.show(metrics.queues(), metrics.micros());
        jobMetrics.show(metrics.jobs());
        slots.register(slotRows(metrics.workers()), true);
        stalled.register(stalledRows(metrics.stalls()), true);
        undecided.set(metrics.isUndecided() ? 1 : 0);
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private record WorkMetrics(
            long micros,
            List<QueueView> queues,
            List<WorkerView> workers,
            JobMetrics jobs,
            List<Stall> stalls,
            boolean isUndecided) {
        static WorkMetrics of(ClusterState state) {
            return new WorkMetrics(
                    state.micros(),
                    state.jobs().queues(),
                    state.jobs().workers(),
                    state.jobs().metrics(),
                    state.jobs().stalls(),
                    state.undecided().isPresent());
        }
    }

    private static List<MultiGauge.Row<?>> stalledRows(List<Stall> stalls) {
        var byKind = new TreeMap<String, Long>();
        stalls.forEach(stall -> byKind.merge(StallText.kind(stall.obstacle()), stall.jobs(), Long::sum));
        var rows = new ArrayList<MultiGauge.Row<?>>();
        byKind.forEach((kind, jobs) -> rows.add(MultiGauge.Row.of(Tags.of("missing", kind), jobs)));
        return rows;
    }

    private void registerEngine(ClusterPort cluster) {
        String prefix = "muster." + cluster.guarantees().engine() + ".";
        for (EngineGauge gauge : cluster.engineGauges()) {
            Gauge.builder(prefix + gauge.name(), gauge.value()::getAsDouble).register(registry);
        }
        FunctionCounter.builder("muster.requests.broken", cluster, ClusterPort::brokenRequests)
                .description("Requests that the state answered with a mistake of its own")
                .register(registry);
        gauge("muster.node.clock.skew.seconds", cluster, NodeMetrics::worstSkewSeconds);
        gauge(
                "muster.tls.certificate.expiry.timestamp.seconds",
                cluster,
                port -> port.certificateEnds()
                        .map(ends -> (double) ends.getEpochSecond())
                        .orElse(Double.NaN));
        gauge("muster.log.time.behind.seconds", cluster, port -> port.status().wallAheadMillis() / 1e3);
        Gauge.builder("muster.engine.info", () -> 1)
                .description("What an acknowledged command survives")
                .tag("engine", cluster.guarantees().engine())
                .tag("acknowledged", cluster.guarantees().acknowledged().name().toLowerCase(Locale.ROOT))
                .register(registry);
        Gauge.builder("muster.build.info", () -> 1).tag("version", version()).register(registry);
    }

    private void gauge(String name, ClusterPort cluster, ToDoubleFunction<ClusterPort> value) {
        Gauge.builder(name, cluster, value).strongReference(true).register(registry);
    }

    /// As the build wrote it into the jar; classes that were never packed have none.
    private static String version() {
        String version = NodeMetrics.class.getPackage().getImplementationVersion();
        return version == null ? "unpacked" : version;
    }

    private static double worstSkewSeconds(ClusterPort cluster) {
        return cluster.status().peers().stream()
                        .mapToLong(peer -> Math.abs(peer.clockSkewMillis()))
                        .max()
                        .orElse(0)
                / 1e3;
    }

    private static List<MultiGauge.Row<?>> slotRows(List<WorkerView> workers) {
        long used = 0;
        long all = 0;
        for (WorkerView worker : workers) {
            if (!worker.state().isGone()) {
                used += worker.claims().size();
                all += worker.capacity().slots();
            }
        }
        return List.of(
                MultiGauge.Row.of(Tags.of("state", "used"), used),
                MultiGauge.Row.of(Tags.of("state", "free"), Math.max(0, all - used)));
    }
}
