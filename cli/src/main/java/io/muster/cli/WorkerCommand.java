package io.muster.cli;

import io.muster.exchange.ExchangeChannels;
import io.muster.node.ConfigException;
import io.muster.node.FileFailure;
import io.muster.node.HandlerToolbox;
import io.muster.node.PublishedAdvisories;
import io.muster.node.UploadedOutputs;
import io.muster.wire.ApiKey;
import io.muster.worker.ExitReason;
import io.muster.worker.WorkerRuntime;
import io.muster.worker.WorkerSettings;
import io.muster.worker.WorkerTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `muster worker`: a process that only works; it votes nowhere and keeps nothing.
@Command(
        name = "worker",
        description = "Run jobs for a cluster without being one of its nodes.",
        footer = {
            "",
            "Examples:",
            "  muster worker --name builder-1 --server http://127.0.0.1:7102 --key-file builder-1.key --slots 8",
            "",
            "SIGTERM lets running jobs finish (at most 30 s).",
            "Exit codes: 0 drained or asked to end; 1 replaced by another worker of its name, its key revoked,",
            "or broken; 2 used wrongly, such as with a key that no server takes."
        })
final class WorkerCommand implements Callable<Integer> {
    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The worker's name, its key's too.")
    private String name = "";

    @Option(names = "--server", required = true, split = ",", paramLabel = "URL", description = "Nodes, any order.")
    private List<String> servers = List.of();

    @Option(names = "--key-file", required = true, paramLabel = "FILE", description = "A key of role worker.")
    private Path keyFile = Path.of("worker.key");

    @Mixin
    private TrustOptions trust = new TrustOptions();

    @Option(names = "--slots", paramLabel = "N", defaultValue = "4", description = "Jobs at once (default: 4).")
    private int slots = 4;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "What jobs may ask for; repeatable.")
    private Map<String, String> labels = new TreeMap<>();

    @Option(names = "--advisories", paramLabel = "DIR", defaultValue = "", description = "Advisories for audits.")
    private String advisories = "";

    @Option(
            names = "--publish",
            paramLabel = "DIR",
            defaultValue = "",
            description = "A folder that workers share: jobs of type publish write files there, under their fence.")
    private String published = "";

    @Override
    public Integer call() throws InterruptedException {
        try (var transport = trust.connections(servers);
                var tools = HandlerToolbox.open(advisories, published)) {
            var settings = new WorkerSettings(name, slots, labels, servers, WorkerTimes.DEFAULT);
            var key = key();
            Path folder = Path.of(System.getProperty("user.home", "."), ".muster", "workers", name, "advisories");
            var worker = new WorkerRuntime(
                    settings,
                    tools.handlers(folder, new PublishedAdvisories(servers, key, transport)),
                    new ExchangeChannels(transport, key),
                    new UploadedOutputs(servers, key, transport));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(worker), "muster-drain"));
            worker.start();
            return switch (worker.exited().get()) {
                // the cluster asked a replaced one to end: a supervisor that starts it again would end the other in
                // turn
                case DRAINED, DRAIN_TIMED_OUT, STOPPED, REPLACED -> 0;
                case DENIED -> throw denied(worker);
            };
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the worker broke: " + e.getCause(), e);
        }
    }

    private RuntimeException denied(WorkerRuntime worker) {
        if (worker.status().term() > 0) {
            return new CannotDo(
                    ExitCode.BAD,
                    "the key in " + keyFile + " was good and is refused now, so it was revoked: "
                            + worker.lastDenial());
        }
        return new ConfigException("the key in " + keyFile + " is not one that " + name + " can work with: "
                + worker.lastDenial() + "; it takes one made by"
                + " muster key create --role worker --worker " + name + " --out FILE");
    }

    /// Runs at the end of the process. Asked to end by a signal, the worker finishes first, and the process ends with 0
    /// instead of the signal's number, so that the exit code tells whether anything was left undone.
    private static void drain(WorkerRuntime worker) {
        if (worker.exited().isDone()) {
            return;
        }
        worker.drain();
        worker.exited().exceptionally(_ -> ExitReason.STOPPED).join();
        Runtime.getRuntime().halt(0);
    }

    private ApiKey key() {
        try {
            return ApiKey.read(keyFile);
        } catch (IOException e) {
            throw new ConfigException("cannot read the key in " + keyFile + ": " + FileFailure.of(e));
        }
    }
}
