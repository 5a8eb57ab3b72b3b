package io.muster.node;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `muster up`: a whole cluster on this machine, for trying things out.
@Command(
        name = "up",
        description = "Start a cluster on this machine, and end it with this command.",
        footer = {
            "",
            "Examples:",
            "  muster up",
            "  muster up --nodes 5 --data /var/tmp/try --advisories osv/",
            "",
            "A node that ends while the cluster starts ends this command: with 2 where its configuration",
            "is wrong, otherwise with 1. Later it is told, and the others go on."
        })
final class UpCommand implements Callable<Integer> {
    static final int FIRST_PORT = 7101;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "How many nodes (default: 3).")
    private int nodes = 3;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".muster/up",
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(".muster/up");

    @Option(names = "--slots", paramLabel = "N", defaultValue = "4", description = "Jobs at once, each node.")
    private int slots = 4;

    @Option(names = "--advisories", paramLabel = "DIR", defaultValue = "", description = "Advisories for audits.")
    private String advisories = "";

    @Override
    public Integer call() throws InterruptedException {
        if (nodes < 1 || nodes > NodeConfig.MAX_MEMBERS) {
            throw new ConfigException("--nodes must be 1 to " + NodeConfig.MAX_MEMBERS + ", not " + nodes);
        }
        var plan = new LocalCluster.Plan("local", nodes, FIRST_PORT, slots, advisories);
        try (var cluster = LocalCluster.start(data.toAbsolutePath().normalize(), plan)) {
            cluster.awaitStarted();
            var out = spec.commandLine().getOut();
            out.println("cluster in " + data);
            for (NodeConfig.Member member : cluster.members()) {
                out.println("  " + member.id() + "  http://" + member.api() + "  log " + cluster.log(member.id()));
            }
            out.println("admin key in " + cluster.adminKey() + " (mode 0600) once there is a leader");
            out.println("end with Ctrl-C");
            out.flush();
            while (cluster.size() > 0) {
                spec.commandLine().getErr().println(cluster.awaitEnd());
            }
        }
        throw new IllegalStateException("no node is left");
    }
}
