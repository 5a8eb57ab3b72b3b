package io.muster.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `conformance DIR…`: runs every vector file below the folders and says of each what passed.
///
/// Exit codes: 0 every required case passed, 1 one did not, 2 the call was wrong or there was nothing to run.
@Command(
        name = "conformance",
        description = "Run published test vectors from folders and report what passes, file by file.",
        mixinStandardHelpOptions = true)
public final class Conformance implements Callable<Integer> {

    private static final List<VectorSet> SETS = List.of(new VersionVectors(), new PurlVectors());

    /// Deeper than any published set; a folder that links to itself must end.
    private static final int DEEPEST = 16;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "A folder of vector files, searched with its subfolders.")
    private List<Path> folders = List.of();

    @Option(names = "--show", paramLabel = "N", description = "Failures to print a file (default: ${DEFAULT-VALUE}).")
    private int shown = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    /// Runs the command by itself.
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Conformance()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        var report = new Report(spec.commandLine().getOut(), shown);
        for (Path folder : folders) {
            run(folder, report);
        }
        if (report.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "no vector files in " + folders + ": see docs/testing-conformance.md");
        }
        report.printTotals();
        return report.hasFailed() ? 1 : 0;
    }

    private void run(Path folder, Report report) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "cannot search " + folder + ": it is no folder");
        }
        List<Path> files;
        try (var found = Files.walk(folder, DEEPEST)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            for (VectorSet set : SETS) {
                if (set.recognises(file)) {
                    report.add(set.kind(), folder.relativize(file), set.run(file));
                }
            }
        }
    }
}
