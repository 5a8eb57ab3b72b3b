package io.muster.cli;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.node.FileFailure;
import io.muster.reports.Report;
import io.muster.scan.ManifestFinder;
import io.muster.scan.Scan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster scan`: which packages of a folder or file have a known weakness, on this machine alone.
@Command(
        name = "scan",
        description = "Find the lockfiles and SBOMs below paths and match their packages against the advisories.",
        footer = {
            "",
            "Examples:",
            "  muster scan services/ tools/package-lock.json --exclude 'test/**' --fail-on high",
            "  syft . -o cyclonedx-json | muster scan -",
            "  muster scan - --stdin-name package-lock.json < package-lock.json",
            "",
            "Exit codes: 0 clean, 1 findings, 127 the scan failed or is incomplete, 128 no packages found."
        },
        mixinStandardHelpOptions = true)
public final class ScanCommand implements Callable<Integer>, VerdictCommand {
    /// Larger than any manifest that is read from a file.
    private static final int MAX_STDIN_BYTES = 256 << 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Folders or files; - for stdin (default: .).")
    private List<Path> paths = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "GLOB",
            description = "Pass over what matches, below a PATH or by name alone; repeatable.")
    private List<String> excluded = List.of();

    @Option(
            names = "--stdin-name",
            paramLabel = "NAME",
            defaultValue = "stdin.json",
            description = "What the file on stdin is called; an SBOM needs none.")
    private String stdinName = "stdin.json";

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Mixin
    private DatabaseOption database = new DatabaseOption();

    @Override
    public Integer call() {
        report.check();
        var matchers = excluded.stream().map(ScanCommand::matcher).toList();
        var asked = paths.isEmpty() ? List.of(Path.of(".")) : paths;
        var bar = ProgressBar.onTerminal();
        try (AdvisoryDatabase open = database.open()) {
            var age = database.ageWarning();
            age.ifPresent(warning -> Printing.remark(spec, warning));
            var reports = new ArrayList<Report>();
            for (Path path : asked) {
                reports.add(path.toString().equals("-") ? scanStdin(open) : scan(path, open, matchers, bar));
            }
            bar.clear();
            return report.tell(spec, ReportOptions.joined(reports));
        } finally {
            bar.clear();
        }
    }

    private Report scan(Path path, AdvisoryDatabase open, List<PathMatcher> matchers, ProgressBar bar) {
        try {
            return Scan.of(
                    new ManifestFinder(path, matchers),
                    open,
                    report.rules(path),
                    Clock.systemUTC().instant(),
                    (done, of) -> bar.show("scan", done, of));
        } catch (IOException e) {
            throw new CannotDo(ExitCode.NO_VERDICT, "cannot scan " + path + ": " + FileFailure.of(e));
        }
    }

    /// A file of that name in a folder of its own: what a manifest names beside itself is not there.
    private Report scanStdin(AdvisoryDatabase open) {
        try {
            Path folder = Files.createTempDirectory("muster-stdin");
            Path file = folder.resolve(Path.of(stdinName).getFileName());
            try (InputStream in = System.in) {
                byte[] bytes = in.readNBytes(MAX_STDIN_BYTES + 1);
                if (bytes.length > MAX_STDIN_BYTES) {
                    throw CannotDo.usage("there are more than " + MAX_STDIN_BYTES + " bytes on stdin");
                }
                Files.write(file, bytes);
                return Scan.of(
                        new ManifestFinder(file),
                        open,
                        report.rules(null),
                        Clock.systemUTC().instant(),
                        Scan.Listener.SILENT);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new CannotDo(ExitCode.NO_VERDICT, "cannot scan what is on stdin: " + FileFailure.of(e));
        }
    }

    private static PathMatcher matcher(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw CannotDo.usage("--exclude '" + glob + "' is no glob such as 'test/**' or '*.lock'");
        }
    }
}
