package io.muster.cli;

import io.muster.client.ClusterDocument;
import io.muster.client.LeaderDocument;
import io.muster.client.TransferRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `muster leader`: who leads, and who is to.
@Command(
        name = "leader",
        description = "Show who leads, or hand leadership over.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 a leader with a majority, or handed over; 1 none, or not handed over; 69 no server answers.",
            "",
            "Examples:",
            "  muster leader",
            "  muster leader transfer",
            "  muster leader transfer --to n2"
        })
public final class LeaderCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Printing printing = new Printing();

    @Override
    public Integer call() throws InterruptedException {
        return server.with(client -> {
            ClusterDocument cluster = client.cluster();
            boolean isLed = StatusCommand.canWrite(cluster);
            if (printing.isJson()) {
                Printing.json(spec, new Seen(isLed ? cluster.leader() : null, cluster.term()));
            } else {
                Printing.line(
                        spec, (isLed ? cluster.leader() + " leads" : "nobody leads") + "  term " + cluster.term());
            }
            return (isLed ? ExitCode.WELL : ExitCode.BAD).number();
        });
    }

    @Command(
            name = "transfer",
            description = {
                "Hand leadership to another node; takes an admin's key. What is written meanwhile waits, and nothing is"
                        + " lost. A hand-over that does not come about in time changes nothing."
            },
            mixinStandardHelpOptions = true)
    int transfer(
            @Option(
                            names = "--to",
                            paramLabel = "NODE",
                            description = "Who is to lead (default: the node that has come furthest).")
                    @Nullable String to)
            throws InterruptedException {
        return server.with(client -> {
            LeaderDocument now = client.transferLeadership(new TransferRequest(to));
            if (printing.isJson()) {
                Printing.json(spec, now);
            } else {
                Printing.line(spec, now.leader() + " leads  term " + now.term());
            }
            return ExitCode.WELL.number();
        });
    }

    /// Who leads, as it is printed.
    record Seen(@Nullable String leader, long term) {}
}
