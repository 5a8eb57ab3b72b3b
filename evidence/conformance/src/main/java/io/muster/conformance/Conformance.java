package io.muster.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    /// Deeper than any published set; a folder that links to itself must end.
    private static final int DEEPEST = 16;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "A folder of vector files, searched with its subfolders.")
    private List<Path> folders = List.of();

    @Option(names = "--show", paramLabel = "N", description = "Failures to print a file (default: ${DEFAULT-VALUE}).")
    private int shown = 10;

    @Option(
            names = "--advisories",
            paramLabel = "PATH",
            description = "Advisories for queries and findings: a folder, an archive or an imported database."
                    + " Default: what each vector file names.")
    private @Nullable Path advisories;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// Runs the command by itself.
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Conformance()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        var totals = new Totals(spec.commandLine().getOut(), shown);
        var sets = sets();
        for (Path folder : folders) {
            run(folder, sets, totals);
        }
        if (totals.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "no vector files in " + folders + ": see docs/testing-conformance.md");
        }
        totals.printTotals();
        return totals.hasFailed() ? 1 : 0;
    }

    private List<VectorSet> sets() {
        var databases = advisories == null ? Databases.asFilesSay() : Databases.always(advisories);
        return List.of(
                new VersionVectors(), new PurlVectors(), new QueryVectors(databases), new FindingVectors(databases));
    }

    private void run(Path folder, List<VectorSet> sets, Totals totals) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "cannot search " + folder + ": it is no folder");
        }
        List<Path> files;
        try (var found = Files.walk(folder, DEEPEST)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            for (VectorSet set : sets) {
                if (set.recognises(file)) {
                    totals.add(set.kind(), folder.relativize(file), run(set, file));
                }
            }
        }
    }

    /// A file that cannot be run is a failure of that file; the others are still worth their answer.
    private static FileResult run(VectorSet set, Path file) {
        try {
            return set.run(file);
        } catch (IOException unreadable) {
            return FileResult.unreadable("cannot be run: " + unreadable.getMessage());
        }
    }
}
