package io.muster.cli;

import io.muster.client.BulkVerb;
import io.muster.client.MusterClient;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster job`: submit jobs, look at them, call them off, try them again.
@Command(
        name = "job",
        description = "Submit, show, list, cancel, retry and purge jobs.",
        mixinStandardHelpOptions = true,
        subcommands = {JobSubmitCommand.class, JobListCommand.class},
        footer = {
            "",
            "Examples:",
            "  muster job submit noop",
            "  muster job submit sleep --payload '{\"millis\":500}' --wait",
            "  muster job submit --file jobs.jsonl",
            "  muster job list --state queued,claimed",
            "  muster job output job-0000000012000",
            "  muster job retry job-0000000012000",
            "  muster job purge --all"
        })
public final class JobCommandGroup {
    /// `muster job` with all of its verbs.
    public static CommandLine line() {
        var line = new CommandLine(new JobCommandGroup());
        verb(line, BulkVerb.CANCEL, "Call a job off, a running one too, or all that a filter means.");
        verb(line, BulkVerb.RETRY, "Queue a dead job again, or all dead ones that a filter means.");
        verb(line, BulkVerb.PURGE, "Take a dead job off the dead letters, or all that a filter means.");
        return line;
    }

    private static void verb(CommandLine line, BulkVerb verb, String description) {
        var command = new CommandLine(new JobSweepCommand(verb));
        command.getCommandSpec().name(verb.word()).usageMessage().description(description);
        line.addSubcommand(verb.word(), command);
    }

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

    @Command(
            name = "output",
            description = "Print what the last run of a job has printed.",
            mixinStandardHelpOptions = true)
    int output(@Parameters(paramLabel = "ID") String id) throws InterruptedException {
        return server.with(client -> {
            var out = new WriterOutputStream(spec.commandLine().getOut());
            try {
                client.output(id, out);
                out.flush();
            } catch (IOException e) {
                throw new CannotDo(ExitCode.BAD, "cannot print the output of " + id + ": " + e.getMessage());
            }
            return ExitCode.WELL.number();
        });
    }
}
