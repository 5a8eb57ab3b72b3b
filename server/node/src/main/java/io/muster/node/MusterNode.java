package io.muster.node;

import io.muster.api.ApiServer;
import io.muster.api.PeerBlocks;
import io.muster.coordinator.Coordinator;
import io.muster.coordinator.CoordinatorFacts;
import io.muster.exchange.ExchangeChannels;
import io.muster.history.GapFiller;
import io.muster.history.HistoryStore;
import io.muster.http.HttpConfig;
import io.muster.http.HttpSecurity;
import io.muster.log.Engine;
import io.muster.log.EngineStatus;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import io.muster.objects.ObjectTimes;
import io.muster.state.ClusterState;
import io.muster.state.StateDigests;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import io.muster.worker.WorkerRuntime;
import io.muster.worker.WorkerSettings;
import io.muster.worker.WorkerTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One node: the engine, the coordinator, the history, the API and a worker, wired together.
///
/// Start order is bottom up, so that nothing is asked before it can answer; stop order is the reverse, after the
/// worker has drained. The engine of a node that broke stops at once: while its jobs drain, another must lead.
public final class MusterNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MusterNode.class);

    /// How long a stopping node waits for its own jobs before it gives them back.
    private static final long DRAIN_SECONDS = 30;

    /// How long a stopping leader waits for its successor: the engine answers sooner, unless it hangs.
    private static final long HANDOVER_SECONDS = 8;

    private final NodeConfig config;
    private final ObjectTimes times;
    private final CertificateWatch certificates;
    private final NodeKeys keys;
    private final HistoryStore history;
    private final CoordinatorLoop coordinator;
    private final Engine engine;
    private final DiskWatch disk;
    private final NodeCluster cluster;
    private final PeerBlocks blocks;
    private final GapFiller gaps;
    private final NodeObjects objects;
    private final ApiServer api;
    private final Promoter promoter;
    private final HttpConnections transport;
    private final HandlerToolbox tools;
    private final @Nullable WorkerRuntime worker;
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private volatile boolean isWorking;
    private String toldDigests = "";

    /// Opens everything a node needs; nothing is sent before [#start].
    ///
    /// Throws [ConfigException] for what the operator can mend, and the parts' own exceptions, each with its
    /// sentence.
    public MusterNode(NodeConfig config) {
        this(config, DiskWatch.FreeSpace.of(config.data()), ObjectTimes.USUAL);
    }

    /// A node that is told how much room its disk has, and how long objects wait.
    MusterNode(NodeConfig config, DiskWatch.FreeSpace free, ObjectTimes times) {
        this.config = config;
        this.times = times;
        createFolder(config.data());
        ClusterName.requireSame(config.data(), config.clusterName());
        var shown = NodeCertificates.read(config.tls());
        certificates = shown.watch();
        keys = new NodeKeys(config);
        tools = HandlerToolbox.open(config.advisories());
        coordinator = new CoordinatorLoop(config.self().id().value(), this::facts, failure::complete);
        engine = openEngine();
        history = openHistory();
        disk = new DiskWatch(
                config.data(),
                config.minFreeBytes(),
                free,
                new DiskWatch.LogSize(engine::logBytes, config.maxLogBytes()),
                this::offerSlots);
        var watches = new NodeCluster.Watches(disk, certificates);
        var id = config.engine().cluster(config);
        var backups = new Backups(config, id, coordinator, history);
        var parts = new NodeCluster.Parts(engine, id, coordinator, keys, backups, shown, watches);
        cluster = new NodeCluster(config, parts, tools.digest());
        var address = config.self().api();
        HttpSecurity security = shown.https();
        blocks = new PeerBlocks(cluster, security);
        gaps = new GapFiller(history, coordinator::openBlock, blocks);
        objects = openObjects(security);
        api = new ApiServer(
                HttpConfig.on(address.host(), address.port(), security),
                cluster,
                new ApiServer.Stores(history, objects.replication()));
        promoter = new Promoter(cluster, engine);
        transport = new HttpConnections(security.trust());
        worker = config.work().slots() == 0 ? null : newWorker();
    }

    /// Takes part: votes, serves, works.
    public void start() throws IOException {
        coordinator.start(new Coordinator(
                config.self().id(), engine::propose, coordinator, new KeptHistory(history), coordinator));
        engine.start();
        var _ = failure.thenRunAsync(
                engine::close,
                stop -> Thread.ofPlatform().name("muster-engine-stop").start(stop));
        api.start();
        gaps.start();
        objects.start();
        promoter.start();
        if (worker != null) {
            worker.start();
            isWorking = true;
        }
        disk.start();
        certificates.start();
        log.info(
                "node started node={} cluster={} api={} data={} slots={}",
                config.self().id(),
                config.clusterName(),
                config.self().api(),
                config.data(),
                config.work().slots());
    }

    /// Who orders the log; for tests of what this node does when it must not go on.
    Engine engine() {
        return engine;
    }

    /// Who owns the state; for tests of what follows when it is wrong.
    CoordinatorLoop coordinator() {
        return coordinator;
    }

    /// Completes with the reason when this node must stop because something broke; never where it goes well.
    public CompletableFuture<String> failure() {
        return failure.copy();
    }

    /// Whether [#failure] came because this node is no member any more: its data folder cannot be started again.
    public boolean wasRemoved() {
        return coordinator.isRemoved();
    }

    /// Finishes what runs here, asks to be given nothing more, then stops. Safe to call twice.
    @Override
    public void close() {
        disk.close();
        certificates.close();
        promoter.close();
        cluster.drain();
        drainWorker();
        handOver();
        objects.stop();
        gaps.close();
        blocks.close();
        api.close();
        objects.close();
        engine.close();
        coordinator.close();
        history.close();
        transport.close();
        tools.close();
        log.info("node stopped node={}", config.self().id());
    }

    /// All of its slots while the disk has room, none otherwise: what runs here goes on.
    private void offerSlots() {
        if (worker != null) {
            worker.setSlots(disk.diskPressure().isPresent() ? 0 : config.work().slots());
        }
    }

    /// Lets another lead before this node goes: requests go on to it while the API still answers, and
    /// nobody waits for an election. Where nobody can be handed to, the engine says that it stops
    /// leading when it is closed.
    private void handOver() {
        if (!engine.leadership().isMine()) {
            return;
        }
        var answer = new CompletableFuture<TransferAnswer>();
        engine.transfer(Successor.ANYONE, answer::complete);
        try {
            log.info(
                    "handing over node={} answer={}",
                    config.self().id(),
                    answer.get(HANDOVER_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            log.warn(
                    "leadership not handed over node={} reason=\"{}\"",
                    config.self().id(),
                    String.valueOf(e.getMessage()));
        }
    }

    private void drainWorker() {
        if (worker == null || !isWorking) {
            // One that never started, since a port was taken, would be waited for in vain.
            return;
        }
        worker.drain();
        try {
            worker.exited().get(DRAIN_SECONDS + WorkerTimes.DEFAULT.stopGrace().toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            log.warn("worker did not drain node={} reason=\"{}\"", config.self().id(), String.valueOf(e.getMessage()));
        }
        worker.close();
    }

    /// Asked on the coordinator's thread.
    private CoordinatorFacts facts(Coordinator owned) {
        EngineStatus status = engine.status();
        tellDigests(owned.state());
        return CoordinatorFacts.of(
                status,
                owned.isLeading() ? keys.toGrant(status, owned.state().access().hasAdmin()) : List.of());
    }

    /// Tells the others this node's digests where they are new: the leader puts all of them into the log.
    private void tellDigests(ClusterState state) {
        String text = StateDigests.text(state.comparable());
        if (!text.equals(toldDigests)) {
            toldDigests = text;
            var attributes = new HashMap<>(keys.attributes());
            attributes.put(StateDigests.ATTRIBUTE, text);
            engine.announce(attributes);
        }
    }

    /// An engine that refuses to open leaves nothing else of this node open. It is opened before the history.
    private Engine openEngine() {
        try {
            return config.engine().open(config, keys.attributes(), coordinator);
        } catch (RuntimeException e) {
            tools.close();
            throw e;
        }
    }

    private HistoryStore openHistory() {
        try {
            return HistoryStore.open(config.data(), config.engine().cluster(config), failure::complete);
        } catch (RuntimeException e) {
            engine.close();
            tools.close();
            throw e;
        }
    }

    private NodeObjects openObjects(HttpSecurity security) {
        try {
            return NodeObjects.open(config.data(), cluster, security, times);
        } catch (IOException e) {
            history.close();
            engine.close();
            tools.close();
            throw new ConfigException("cannot open the objects in " + config.data() + ": " + FileFailure.of(e));
        }
    }

    private WorkerRuntime newWorker() {
        var addresses = new ArrayList<String>();
        addresses.add(config.apiUri(config.self()).toString());
        config.members().stream()
                .filter(member -> !member.equals(config.self()))
                .forEach(member -> addresses.add(config.apiUri(member).toString()));
        var settings = new WorkerSettings(
                config.self().id().value(),
                config.work().slots(),
                config.work().labels(),
                addresses,
                WorkerTimes.DEFAULT.withDrain(Duration.ofSeconds(DRAIN_SECONDS)).withoutDenial());
        var key = ApiKey.of(keys.workerKey().reveal());
        return new WorkerRuntime(
                settings,
                tools.handlers(config.data().resolve("advisories"), new PublishedAdvisories(addresses, key, transport)),
                new ExchangeChannels(transport, key),
                new UploadedOutputs(addresses, key, transport));
    }

    private static void createFolder(Path data) {
        try {
            PrivateFolder.make(data, PrivateFolder.NODE_LOCK);
        } catch (IOException e) {
            throw new ConfigException("cannot create the data folder " + data + ": " + e.getMessage());
        }
    }
}
