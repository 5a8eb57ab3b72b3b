package io.muster.cli;

import io.muster.node.ConfigException;
import io.muster.node.NodeConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            "  muster up --advisories examples/advisories",
            "  muster up --nodes 5 --data /var/tmp/try --advisories osv/ --port 9001",
            "  muster down",
            "",
            "The flags lay a cluster out once; after that DIR/muster.yaml says how it is, and a flag that says",
            "otherwise is refused.",
            "",
            "A node that ends while the cluster starts ends this command: with 2 where its configuration",
            "is wrong, otherwise with 1. Later it is told, and the others go on."
        })
final class UpCommand implements Callable<Integer> {
    static final int FIRST_PORT = 7101;

    private static final int MAX_PORT = 65_535;

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

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "7101",
            description = "The first port; two for each node, taken ones are stepped over (default: 7101).")
    private int port = FIRST_PORT;

    @Option(names = "--slots", paramLabel = "N", defaultValue = "4", description = "Jobs at once, each node.")
    private int slots = 4;

    @Option(names = "--advisories", paramLabel = "DIR", defaultValue = "", description = "Advisories for audits.")
    private String advisories = "";

    @Override
    public Integer call() throws InterruptedException {
        if (nodes < 1 || nodes > NodeConfig.MAX_MEMBERS) {
            throw new ConfigException("--nodes must be 1 to " + NodeConfig.MAX_MEMBERS + ", not " + nodes);
        }
        if (port < 1 || port > MAX_PORT) {
            throw new ConfigException("--port must be 1 to " + MAX_PORT + ", not " + port);
        }
        var plan = new LocalCluster.Plan("local", nodes, port, slots, advisories);
        Path folder = data.toAbsolutePath().normalize();
        var there = LocalCluster.find(folder);
        there.ifPresent(this::requireAsAsked);
        try (var cluster = LocalCluster.start(folder, plan)) {
            if (there.isPresent()) {
                cluster.awaitStarted();
            } else {
                cluster.awaitFirstStart();
            }
            UpPidFile.put(folder);
            var out = spec.commandLine().getOut();
            out.println("cluster in " + data);
            for (NodeConfig.Member member : cluster.members()) {
                out.println("  " + member.id() + "  " + cluster.address(member) + "  log " + cluster.log(member.id()));
            }
            out.println("admin key in " + cluster.adminKey() + " (mode 0600) once there is a leader");
            out.println("other commands find it by:");
            out.println("  export MUSTER_SERVER="
                    + cluster.members().stream().map(cluster::address).collect(Collectors.joining(","))
                    + " MUSTER_KEY_FILE=" + cluster.adminKey());
            out.println("end with Ctrl-C, or with muster down");
            out.flush();
            while (cluster.size() > 0) {
                spec.commandLine().getErr().println(cluster.awaitEnd());
            }
        }
        throw new CannotDo(ExitCode.BAD, "no node is left");
    }

    /// A flag that is given must be true of the cluster that is there: ignored, it would be believed.
    private void requireAsAsked(NodeConfig there) {
        String folder = advisories.isEmpty()
                ? ""
                : Path.of(advisories).toAbsolutePath().normalize().toString();
        requireAsAsked("--nodes", nodes, there.members().size());
        requireAsAsked("--port", port, there.members().getFirst().node().port());
        requireAsAsked("--slots", slots, there.work().slots());
        requireAsAsked("--advisories", folder, there.advisories());
    }

    private void requireAsAsked(String flag, Object asked, Object there) {
        boolean isGiven = spec.commandLine().getParseResult().hasMatchedOption(flag);
        if (isGiven && !asked.equals(there)) {
            throw new ConfigException("the cluster in " + data + " was laid out "
                    + (there.equals("") ? "without " + flag : "with " + flag + " " + there) + ", not with " + asked
                    + ": leave the flag out, or lay out another cluster with --data"
                    + (flag.equals("--nodes") ? "" : ", or change the line in " + data.resolve(LocalCluster.FILE)));
        }
    }
}
