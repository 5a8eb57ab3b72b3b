package io.muster.cli;

import io.muster.client.ClusterView;
import io.muster.client.NodeView;
import io.muster.client.QueueView;
import io.muster.client.WorkerView;
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
            var cluster = Json.read(answer, ClusterView.class);
            if (printing.isJson()) {
                Printing.json(spec, answer);
            } else {
                print(cluster);
            }
            return (canWrite(cluster) ? ExitCode.WELL : ExitCode.BAD).number();
        });
    }

    /// What a node without a majority remembers of its leader is no leader.
    static boolean canWrite(ClusterView cluster) {
        long present = cluster.nodes().stream().filter(NodeView::connected).count();
        return cluster.leader() != null && present * 2 > cluster.nodes().size();
    }

    private void print(ClusterView cluster) {
        String leader = cluster.leader() == null ? "no leader" : "leader " + cluster.leader();
        String doubt = cluster.leader() != null && !canWrite(cluster) ? " (last known; no majority answers)" : "";
        Printing.line(
                spec,
                "cluster " + cluster.cluster() + "  " + leader + doubt + "  term " + cluster.term() + "  index "
                        + cluster.index() + "  (seen by " + cluster.node() + ")");
        var nodes = new TextTable("NODE", "ROLE", "TERM", "COMMIT", "APPLIED", "API");
        for (NodeView node : cluster.nodes()) {
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

    private static TextTable workers(ClusterView cluster) {
        var workers = new TextTable("WORKER", "STATE", "CLAIMS", "SLOTS", "HANDLERS", "LABELS");
        for (WorkerView worker : cluster.workers()) {
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

    private static TextTable queues(ClusterView cluster) {
        var queues = new TextTable("QUEUE", "WAITING", "CLAIMED", "OLDEST");
        for (QueueView queue : cluster.queues()) {
            Long oldest = queue.oldestWaitingMillis();
            queues.row(
                    queue.queue(),
                    queue.waiting(),
                    queue.running(),
                    oldest == null ? null : String.format(Locale.ROOT, "%.1f s", oldest / 1e3));
        }
        return queues;
    }

    private static String counts(ClusterView cluster) {
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
