package io.muster.cli;

import io.muster.client.QueueDocument;
import io.muster.client.QueueRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster queue`: how the queues stand and are served.
@Command(
        name = "queue",
        description = "List queues, and say how one is served.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  muster queue list",
            "  muster queue configure nightly --weight 20",
            "  muster queue configure nightly --paused"
        })
public final class QueueCommandGroup {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Printing printing = new Printing();

    @Command(name = "list", description = "List all queues by name.", mixinStandardHelpOptions = true)
    int list() throws InterruptedException {
        return server.with(client -> {
            var page = client.queues();
            if (printing.isJson()) {
                Printing.json(spec, page);
                return ExitCode.WELL.number();
            }
            var table = new TextTable("QUEUE", "WAITING", "RUNNING", "OLDEST", "WEIGHT", "LEADER WORKS", "PAUSED");
            for (QueueDocument queue : page.items()) {
                var oldest = queue.oldestWaitingMillis();
                table.row(
                        queue.queue(),
                        queue.waiting(),
                        queue.running(),
                        oldest == null ? null : Duration.ofMillis(oldest).toSeconds() + " s",
                        queue.weight(),
                        queue.leaderWorks(),
                        queue.paused() ? "yes" : "no");
            }
            Printing.table(spec, table);
            return ExitCode.WELL.number();
        });
    }

    @Command(
            name = "configure",
            description = "Say how a queue is served from now on; what is left out is as for a queue that nobody"
                    + " configured. Its jobs keep their places.",
            mixinStandardHelpOptions = true)
    int configure(
            @Parameters(paramLabel = "QUEUE") String queue,
            @Option(
                            names = "--weight",
                            paramLabel = "N",
                            description = "Its share of the slots against other queues, 1 to 1,000.")
                    @Nullable Integer weight,
            @Option(
                            names = "--leader-works",
                            paramLabel = "WHEN",
                            description = "Whether the leader takes its jobs: never, when_alone or always.")
                    @Nullable String leaderWorks,
            @Option(names = "--paused", description = "Hold its jobs back; those that run go on.") boolean isPaused,
            @Mixin IdempotencyOption idempotency)
            throws InterruptedException {
        idempotency.check();
        var request = new QueueRequest(weight, leaderWorks, isPaused);
        return server.with(client -> {
            QueueDocument changed = idempotency.write(client, keyed -> keyed.configureQueue(queue, request));
            if (printing.isJson()) {
                Printing.json(spec, changed);
            } else {
                Printing.line(
                        spec,
                        changed.queue() + "  weight " + changed.weight() + ", leader works " + changed.leaderWorks()
                                + (changed.paused() ? ", paused" : ""));
            }
            return ExitCode.WELL.number();
        });
    }
}
