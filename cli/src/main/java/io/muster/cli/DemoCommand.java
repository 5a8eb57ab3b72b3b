package io.muster.cli;

import io.muster.client.ClientConfig;
import io.muster.client.MusterClient;
import io.muster.node.Pause;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `muster demo`: three nodes audit a shop's lockfiles, lose their leader in the middle, and finish everything once.
@Command(
        name = "demo",
        description = "Three nodes audit a real shop's dependencies while their leader is killed.",
        footer = {"", "It takes under a minute, leaves no process behind, and keeps its folder for a look."})
final class DemoCommand implements Callable<Integer> {
    private static final int SLOTS = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".muster/demo",
            description = "Where the nodes keep their data: a new folder, or one of a demonstration"
                    + " before, which is emptied (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(".muster/demo");

    @Option(names = "--keep", description = "Leave the cluster running afterwards, until Ctrl-C.")
    private boolean isKept;

    @Override
    public Integer call() throws InterruptedException {
        var home = Path.of(System.getProperty("muster.home", ""));
        var shop = home.resolve("examples/webshop");
        var advisories = home.resolve("examples/advisories");
        var out = spec.commandLine().getOut();
        var folder = data.toAbsolutePath().normalize();
        var plan = new LocalCluster.Plan("demo", 3, UpCommand.FIRST_PORT, SLOTS, advisories.toString());
        try (var own = DemoFolder.take(folder);
                var cluster = LocalCluster.start(own.path(), plan);
                var transport = new HttpConnections()) {
            Demonstration.say(out, "three nodes are starting; what they print is in " + folder);
            cluster.awaitStarted();
            var client = client(cluster, transport);
            int result = new Demonstration(cluster, client, out).run(shop);
            if (isKept) {
                sayHowToLook(out, cluster);
                new CountDownLatch(1).await();
            }
            Demonstration.say(out, "the nodes end now; muster demo --keep leaves them running, with dashboard and API");
            return result;
        }
    }

    private static void sayHowToLook(PrintWriter out, LocalCluster cluster) {
        var servers = cluster.members().stream()
                .map(member -> "http://" + member.api())
                .toList();
        Demonstration.say(out, "the cluster goes on until Ctrl-C; from another terminal:");
        Demonstration.say(
                out, "  dashboard: " + servers.getFirst() + "/ (it asks for the key in " + cluster.adminKey() + ")");
        Demonstration.say(
                out, "  muster status --server " + String.join(",", servers) + " --key-file " + cluster.adminKey());
    }

    private static MusterClient client(LocalCluster cluster, HttpConnections transport) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(cluster.adminKey())) {
            cluster.requireRunning();
            if (System.nanoTime() > end) {
                throw new CannotDo(
                        ExitCode.BAD,
                        "no leader wrote " + cluster.adminKey() + " within " + PATIENCE.toSeconds()
                                + " s; see the logs beside it");
            }
            Pause.shortly();
        }
        try {
            var addresses = cluster.members().stream()
                    .map(member -> "http://" + member.api())
                    .toList();
            return new MusterClient(new ClientConfig(addresses, PATIENCE), ApiKey.read(cluster.adminKey()), transport);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + cluster.adminKey(), e);
        }
    }
}
