package io.muster.node;

import io.muster.cli.AdvisoriesCommand;
import io.muster.cli.AuditCommand;
import io.muster.cli.JobCommand;
import io.muster.cli.KeyCommand;
import io.muster.cli.LogCommand;
import io.muster.cli.RadiusCommand;
import io.muster.cli.ScanCommand;
import io.muster.cli.StatusCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ScopeType;

/// The `muster` command.
@Command(
        name = "muster",
        description = "A fault-tolerant work cluster for security automation.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Muster.Version.class,
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            NodeCommand.class,
            WorkerCommand.class,
            StatusCommand.class,
            JobCommand.class,
            KeyCommand.class,
            AuditCommand.class,
            LogCommand.class,
            ScanCommand.class,
            AdvisoriesCommand.class,
            RadiusCommand.class,
        })
public final class Muster {
    private static final int USAGE = 2;

    private Muster() {}

    /// Runs a command and ends the process with its exit code: 0 well, 1 failed, 2 used wrongly.
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /// The command with everything below it.
    static CommandLine commandLine() {
        var line = new CommandLine(new Muster());
        // Set here and not beside the description, where every command below would inherit it.
        line.getCommandSpec()
                .usageMessage()
                .footer(
                        "",
                        "Programs of their own, run by the muster script:",
                        "  bench        Measure writes, jobs, failover, scans and comparisons; see muster bench.",
                        "  conformance  Run published test vectors; see muster conformance --help.");
        line.setParameterExceptionHandler(oneSentence());
        line.setExecutionExceptionHandler((failure, command, _) -> {
            command.getErr().println("muster " + command.getCommandName() + ": " + failure.getMessage());
            return failure instanceof ConfigException ? USAGE : 1;
        });
        return line;
    }

    /// A wrong flag is answered in one sentence with what was probably meant, not with a page of usage.
    private static IParameterExceptionHandler oneSentence() {
        return (wrong, _) -> {
            var command = wrong.getCommandLine();
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + wrong.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
            command.getErr().println("see " + command.getCommandSpec().qualifiedName() + " --help");
            return USAGE;
        };
    }

    /// Which build this is.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Muster.class.getPackage().getImplementationVersion();
            return new String[] {"muster " + (version == null ? "of this source tree" : version)};
        }
    }
}
