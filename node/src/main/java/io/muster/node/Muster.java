package io.muster.node;

import io.muster.cli.AdvisoriesCommand;
import io.muster.cli.AuditCommand;
import io.muster.cli.Excuse;
import io.muster.cli.ExitCode;
import io.muster.cli.JobCommand;
import io.muster.cli.KeyCommand;
import io.muster.cli.LogCommand;
import io.muster.cli.RadiusCommand;
import io.muster.cli.ScanCommand;
import io.muster.cli.StatusCommand;
import java.util.List;
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
    private Muster() {}

    /// Runs a command and ends the process with its exit code, an [ExitCode].
    public static void main(String[] args) {
        System.exit(run(commandLine(), args));
    }

    /// Runs a command line as it was typed.
    static int run(CommandLine line, String... args) {
        return line.execute(Arguments.inOrder(args).toArray(String[]::new));
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
                        "  conformance  Run published test vectors; see muster conformance --help.",
                        "",
                        "--debug, anywhere, shows what was asked of which server and where a fault lies.",
                        "Exit codes are the same for all commands: docs/command-line.md.");
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(oneSentence());
        line.setExecutionExceptionHandler((failure, command, _) -> {
            var excuse = failure instanceof ConfigException config
                    ? new Excuse(ExitCode.USAGE, String.valueOf(config.getMessage()))
                    : Excuse.of(failure);
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + excuse.sentence());
            if (Arguments.isDebugged()) {
                failure.printStackTrace(command.getErr());
            }
            command.getErr().flush();
            return excuse.codeFor(command.getCommandSpec().userObject());
        });
        return line;
    }

    /// A wrong flag is answered in one sentence with what was probably meant, not with a page of usage.
    private static IParameterExceptionHandler oneSentence() {
        return (wrong, _) -> {
            var command = wrong.getCommandLine();
            String name = command.getCommandSpec().qualifiedName();
            command.getErr().println(name + ": " + said(wrong));
            if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
                List<String> near = unmatched.getSuggestions();
                if (!near.isEmpty()) {
                    command.getErr().println("did you mean " + suggestion(command, near.getFirst()) + "?");
                }
            }
            command.getErr().println("see " + command.getCommandSpec().qualifiedName() + " --help");
            return ExitCode.USAGE.number();
        };
    }

    /// A command is suggested as it would be typed; an option by its name.
    private static String suggestion(CommandLine command, String word) {
        return word.startsWith("-") ? word : command.getCommandSpec().root().name() + " " + word;
    }

    /// The parser's sentence without its words for types and quotes.
    private static String said(CommandLine.ParameterException wrong) {
        if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
            boolean isOption = unmatched.isUnknownOption();
            return (isOption ? "there is no option " : "there is no such command or argument: ")
                    + unmatched.getUnmatched().getFirst();
        }
        return String.valueOf(wrong.getMessage())
                .replaceFirst(" \\([a-zA-Z]+(?:<[^>]*>)?\\)(?=:| )", "")
                .replaceFirst("'(.*)' is not an? (int|Integer|long|Long)$", "'$1' is no whole number")
                .replaceFirst("'(.*)' is not a (double|Double)$", "'$1' is no number")
                .replaceFirst(" \\([a-z.A-Z]+Exception: .*\\)$", "");
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
