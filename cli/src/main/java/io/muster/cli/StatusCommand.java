package io.muster.cli;

import io.muster.client.ClusterDocument;
import io.muster.client.NodeDocument;
import io.muster.client.QueueDocument;
import io.muster.client.WorkerDocument;
import io.muster.encoding.Bytes;
import io.muster.wire.Json;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `muster status`: who leads, which nodes and workers there are, what waits.
@Command(
        name = "status",
        description = "Show the cluster: leader, nodes, workers, queues, jobs by state.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 a leader with a majority, 1 none, 69 no server answers."})
public final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Printing printing = new Printing();

    @Override
    public Integer call() throws InterruptedException {
        return server.with(client -> {
            Bytes answer = client.read("/v1/cluster");
            var cluster = Json.read(answer, ClusterDocument.class);
            if (printing.isJson()) {
                Printing.json(spec, answer);
            } else {
                print(cluster);
            }
            return (canWrite(cluster) ? ExitCode.WELL : ExitCode.BAD).number();
        });
    }

    /// What a node without a majority remembers of its leader is no leader.
    static boolean canWrite(ClusterDocument cluster) {
        long present = cluster.nodes().stream().filter(NodeDocument::connected).count();
        return cluster.leader() != null && present * 2 > cluster.nodes().size();
    }

    private void print(ClusterDocument cluster) {
        String leader = cluster.leader() == null ? "no leader" : "leader " + cluster.leader();
        String doubt = cluster.leader() != null && !canWrite(cluster) ? " (last known; no majority answers)" : "";
        Printing.line(
                spec,
                "cluster " + cluster.cluster() + "  " + leader + doubt + "  term " + cluster.term() + "  index "
                        + cluster.index() + "  (seen by " + cluster.node() + ")");
        var nodes = new TextTable("NODE", "ROLE", "TERM", "COMMIT", "APPLIED", "API");
        for (NodeDocument node : cluster.nodes()) {
            boolean isSilent = node.role().equals("unknown");
            nodes.row(
                    node.node(),
                    node.connected() ? node.role() : "unreachable",
                    isSilent ? null : node.term(),
                    isSilent ? null : node.commit(),
                    isSilent ? null : node.applied(),
                    node.apiAddress());
        }
        Printing.table(spec, nodes);
        if (!cluster.workers().isEmpty()) {
            Printing.table(spec, workers(cluster));
        }
        if (!cluster.queues().isEmpty()) {
            Printing.table(spec, queues(cluster));
        }
        Printing.line(spec, "jobs " + counts(cluster));
        cluster.advice().forEach(line -> Printing.line(spec, line));
    }

    private static TextTable workers(ClusterDocument cluster) {
        var workers = new TextTable("WORKER", "STATE", "CLAIMS", "SLOTS", "HANDLERS", "LABELS");
        for (WorkerDocument worker : cluster.workers()) {
            workers.row(
                    worker.worker(),
                    worker.state(),
                    worker.claims(),
                    worker.slots(),
                    String.join(",", worker.handlers()),
                    labels(worker.labels()));
        }
        return workers;
    }

    private static TextTable queues(ClusterDocument cluster) {
        var queues = new TextTable("QUEUE", "WAITING", "CLAIMED", "OLDEST");
        for (QueueDocument queue : cluster.queues()) {
            Long oldest = queue.oldestWaitingMillis();
            queues.row(
                    queue.queue(),
                    queue.waiting(),
                    queue.running(),
                    oldest == null ? null : String.format(Locale.ROOT, "%.1f s", oldest / 1e3));
        }
        return queues;
    }

    private static String counts(ClusterDocument cluster) {
        return cluster.counts().isEmpty()
                ? "none"
                : cluster.counts().entrySet().stream()
                        .map(each -> each.getKey().name().toLowerCase(Locale.ROOT) + " " + each.getValue())
                        .collect(Collectors.joining(", "));
    }

    static String labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }
}
