package io.muster.cli;

import io.muster.node.ConfigException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
        versionProvider = BuildVersion.class)
public final class Muster {
    /// Every command, in the order of the help.
    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    private Muster() {}

    private static Map<String, Supplier<Object>> commands() {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("up", UpCommand::new);
        commands.put("down", DownCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("init", InitCommand::new);
        commands.put("cert", CertificateCommand::new);
        commands.put("node", NodeCommand::new);
        commands.put("rebuild", RebuildCommand::new);
        commands.put("backup", BackupCommand::new);
        commands.put("restore", RestoreCommand::new);
        commands.put("snapshot", SnapshotCommandGroup::new);
        commands.put("recover", RecoverCommand::new);
        commands.put("worker", WorkerCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("member", MemberCommandGroup::new);
        commands.put("leader", LeaderCommand::new);
        commands.put("job", JobCommandGroup::line);
        commands.put("queue", QueueCommandGroup::new);
        commands.put("key", KeyCommandGroup::new);
        commands.put("decision", DecisionCommandGroup::new);
        commands.put("audit", AuditCommandGroup::new);
        commands.put("value", ValueCommandGroup::new);
        commands.put("log", ShowLogCommand::new);
        commands.put("scan", ScanCommand::new);
        commands.put("advisories", AdvisoriesCommandGroup::new);
        commands.put("radius", RadiusCommand::new);
        commands.put("version", VersionCommand::new);
        commands.put("completion", CompletionCommand::new);
        commands.put("man", ManCommand::new);
        commands.put("rehearse", RehearseCommand::new);
        return commands;
    }

    /// Runs a command and ends the process with its exit code, an [ExitCode].
    public static void main(String[] args) {
        System.exit(run(commandLineFor(args), new ErrorKeepingStream(new FileOutputStream(FileDescriptor.out)), args));
    }

    /// Runs a command line as it was typed, with its answers to `stream`. An answer that nobody got is told,
    /// and is no verdict.
    static int run(CommandLine line, ErrorKeepingStream stream, String... args) {
        var answers = new PrintWriter(stream, true, charset());
        int code = run(line.setOut(answers), args);
        answers.flush();
        String trouble = stream.trouble();
        if (trouble == null || code == ExitCode.USAGE.number() || code == ExitCode.UNKNOWN.number()) {
            return code;
        }
        return told(new CannotDo(ExitCode.BAD, "cannot print the answer: " + trouble), asked(line));
    }

    /// The command that was named last.
    private static CommandLine asked(CommandLine line) {
        var parsed = line.getParseResult();
        while (parsed != null && parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed == null ? line : parsed.commandSpec().commandLine();
    }

    /// Runs a command line as it was typed.
    static int run(CommandLine line, String... args) {
        return line.execute(Arguments.inOrder(args).toArray(String[]::new));
    }

    private static Charset charset() {
        return Charset.forName(
                System.getProperty("stdout.encoding", Charset.defaultCharset().name()));
    }

    /// The command with everything below it.
    static CommandLine commandLine() {
        return with(COMMANDS);
    }

    /// The command with no more below it than was typed: reading the descriptions of all the others takes longer than
    /// many a command.
    private static CommandLine commandLineFor(String... args) {
        var words = Arguments.inOrder(args);
        String first = words.isEmpty() ? "" : words.getFirst();
        var named = COMMANDS.get(first);
        return named == null || first.equals("completion") || first.equals("man")
                ? commandLine()
                : with(Map.of(first, named));
    }

    private static CommandLine with(Map<String, Supplier<Object>> commands) {
        var line = new CommandLine(new Muster());
        commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
        // Set here and not beside the description, where every command below would inherit it.
        line.getCommandSpec()
                .usageMessage()
                .footer(
                        "",
                        "Programs of their own, run by the muster script:",
                        "  bench        Measure writes, jobs, failover, scans and comparisons; see muster bench.",
                        "  conformance  Run published test vectors; see muster conformance --help.",
                        "",
                        "muster help COMMAND shows one command.",
                        "--debug, anywhere, shows what was asked of which server and where a fault lies.",
                        "Exit codes are the same for all commands: docs/command-line.md.");
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(oneSentence());
        line.setExecutionStrategy(Muster::carryOut);
        line.setExecutionExceptionHandler((failure, command, _) -> told(failure, command));
        return line;
    }

    /// The parser overlooks what it does not know beside `--help`.
    private static int carryOut(CommandLine.ParseResult parsed) {
        for (var each = parsed; each != null; each = each.subcommand()) {
            if (!each.unmatched().isEmpty()) {
                throw new CommandLine.UnmatchedArgumentException(
                        each.commandSpec().commandLine(), each.unmatched());
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int told(Exception failure, CommandLine command) {
        var told = failure instanceof ConfigException config
                ? new CommandFailure(ExitCode.USAGE, String.valueOf(config.getMessage()))
                : CommandFailure.of(failure);
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + told.sentence());
        if (Arguments.isDebugged()) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return told.codeFor(command.getCommandSpec().userObject());
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
        return word.startsWith("-") ? word : command.getCommandSpec().qualifiedName() + " " + word;
    }

    /// The parser's sentence without its words for types and quotes.
    private static String said(CommandLine.ParameterException wrong) {
        if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            if (wrong.getCommandLine().getParent() == null && Arguments.isShared(word)) {
                return "name a command beside " + word + ", such as muster status " + word;
            }
            boolean isOption = unmatched.isUnknownOption();
            return (isOption ? "there is no option " : "there is no such command or argument: ") + word;
        }
        if (String.valueOf(wrong.getMessage()).equals("Missing required subcommand")) {
            return "name what to do: "
                    + String.join(", ", wrong.getCommandLine().getSubcommands().keySet());
        }
        return String.valueOf(wrong.getMessage())
                .replaceFirst(
                        "^Value for option option '(.*)' \\((.*)\\) should be in KEY=VALUE format but was ",
                        "$1 takes $2, not ")
                .replaceFirst(" \\([a-zA-Z]+(?:<[^>]*>)?\\)(?=:| )", "")
                .replaceFirst("'(.*)' is not an? (int|Integer|long|Long)$", "'$1' is no whole number")
                .replaceFirst("'(.*)' is not a (double|Double)$", "'$1' is no number")
                .replaceFirst(" \\([a-z.A-Z]+Exception: .*\\)$", "");
    }
}
