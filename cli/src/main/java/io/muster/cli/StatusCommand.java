package io.muster.cli;

import io.muster.client.ClusterView;
import io.muster.client.NodeView;
import io.muster.client.WorkerView;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `muster status`: who leads, which nodes and workers there are, what waits.
@Command(
        name = "status",
        description = "Show the cluster: leader, nodes, workers, jobs by state.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "Print what the API answers.")
    private boolean isJson;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        return server.with(client -> {
            if (isJson) {
                out.println(client.read("/v1/cluster").text());
            } else {
                print(client.cluster(), out);
            }
            out.flush();
            return 0;
        });
    }

    private static void print(ClusterView cluster, PrintWriter out) {
        String leader = cluster.leader() == null ? "no leader" : "leader " + cluster.leader();
        out.println("cluster " + cluster.cluster() + "  " + leader + "  term " + cluster.term() + "  index "
                + cluster.index() + "  (seen by " + cluster.node() + ")");
        var nodes = new TextTable("NODE", "ROLE", "TERM", "COMMIT", "APPLIED", "API");
        for (NodeView node : cluster.nodes()) {
            nodes.row(node.node(), node.role(), node.term(), node.commit(), node.applied(), node.apiAddress());
        }
        out.print(nodes);
        var workers = new TextTable("WORKER", "STATE", "CLAIMS", "SLOTS", "HANDLERS", "LABELS");
        for (WorkerView worker : cluster.workers()) {
            workers.row(
                    worker.worker(),
                    worker.state(),
                    worker.claims(),
                    worker.slots(),
                    String.join(",", worker.handlers()),
                    worker.labels());
        }
        out.print(workers);
        out.println("jobs " + cluster.counts());
        cluster.advice().forEach(out::println);
    }
}
