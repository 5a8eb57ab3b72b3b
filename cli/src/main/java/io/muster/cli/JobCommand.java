package io.muster.cli;

import io.muster.client.JobView;
import io.muster.client.MusterClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster job`: submit jobs, look at them, call them off, try them again.
@Command(
        name = "job",
        description = "Submit, show, list, cancel and retry jobs.",
        mixinStandardHelpOptions = true,
        subcommands = {JobSubmitCommand.class, JobListCommand.class},
        footer = {
            "",
            "Examples:",
            "  muster job submit noop",
            "  muster job submit sleep --payload '{\"millis\":500}' --wait",
            "  muster job submit --file jobs.jsonl",
            "  muster job list --state queued,claimed",
            "  muster job retry job-0000000012000"
        })
public final class JobCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Printing printing = new Printing();

    ServerOptions server() {
        return server;
    }

    Printing printing() {
        return printing;
    }

    @Command(name = "get", description = "Show one job.", mixinStandardHelpOptions = true)
    int get(@Parameters(paramLabel = "ID") String id) throws InterruptedException {
        return server.with(client -> {
            if (printing.isJson()) {
                Printing.json(spec, client.read("/v1/jobs/" + MusterClient.segment(id)));
            } else {
                Printing.line(spec, JobText.page(client.job(id)));
            }
            return ExitCode.WELL.number();
        });
    }

    @Command(name = "cancel", description = "Call a job off, a running one too.", mixinStandardHelpOptions = true)
    int cancel(@Parameters(paramLabel = "ID") String id) throws InterruptedException {
        return server.with(client -> print(client.cancel(id)));
    }

    @Command(name = "retry", description = "Queue a dead job again.", mixinStandardHelpOptions = true)
    int retry(@Parameters(paramLabel = "ID") String id) throws InterruptedException {
        return server.with(client -> print(client.retry(id)));
    }

    private int print(JobView job) {
        if (printing.isJson()) {
            Printing.json(spec, job);
        } else {
            Printing.line(spec, JobText.line(job));
        }
        return ExitCode.WELL.number();
    }
}
