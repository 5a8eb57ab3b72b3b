package io.muster.cli;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.catalog.Scan;
import io.muster.reports.IgnoreFile;
import io.muster.reports.IgnoreReading;
import io.muster.reports.Report;
import io.muster.reports.ReportFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster scan`: which packages of a folder or file have a known weakness, on this machine alone.
@Command(
        name = "scan",
        description = "Find the lockfiles and SBOMs below a path and match their packages against the advisories.",
        footer = {"", "Exit codes: 0 clean, 1 findings, 127 the scan failed or is incomplete, 128 no packages found."},
        mixinStandardHelpOptions = true)
public final class ScanCommand implements Callable<Integer>, GivesVerdict {

    /// The ignore file that is used when none is named and one of this name lies in the scanned folder.
    static final String USUAL_IGNORE_FILE = "osv-scanner.toml";

    /// A larger ignore file is a mistake.
    private static final long MAX_IGNORE_BYTES = 4 << 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PATH", description = "A folder or one file.")
    private Path path = Path.of(".");

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "table, json, markdown, sarif, cyclonedx, openvex or spdx. Default: table.")
    private String format = ReportFormat.TABLE.word();

    @Option(
            names = {"-i", "--ignore"},
            paramLabel = "FILE",
            description = "Rules that set findings aside. Default: " + USUAL_IGNORE_FILE + " in the scanned folder.")
    private @Nullable Path ignore;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the report there instead of printing it.")
    private @Nullable Path output;

    @Mixin
    private DatabaseOption database = new DatabaseOption();

    @Override
    public Integer call() {
        var wanted = wantedFormat();
        var report = scan();
        write(wanted.write(report));
        return report.verdict().exitCode();
    }

    private ReportFormat wantedFormat() {
        return ReportFormat.ofWord(format)
                .orElseThrow(() -> CannotDo.usage("there is no format '" + format
                        + "'; there are table, json, markdown, sarif, cyclonedx, openvex and spdx"));
    }

    private Report scan() {
        var rules = rules();
        var bar = ProgressBar.onTerminal();
        try (AdvisoryDatabase open = database.open()) {
            return Scan.of(path, open, rules, Clock.systemUTC().instant(), (done, of) -> bar.show("scan", done, of));
        } catch (IOException e) {
            throw new CannotDo(ExitCode.NO_VERDICT, "cannot scan " + path + ": " + Reason.of(e));
        } finally {
            bar.clear();
        }
    }

    private IgnoreFile rules() {
        @Nullable Path file = ignore != null ? ignore : usualIgnoreFile();
        if (file == null) {
            return IgnoreFile.EMPTY;
        }
        try {
            if (Files.size(file) > MAX_IGNORE_BYTES) {
                throw CannotDo.usage("the ignore file " + file + " has more than " + MAX_IGNORE_BYTES + " bytes");
            }
            return switch (IgnoreFile.parse(file.toString(), Files.readString(file))) {
                case IgnoreReading.Read(IgnoreFile rules) -> rules;
                case IgnoreReading.Refused refused -> throw CannotDo.usage(refused.message());
            };
        } catch (IOException e) {
            throw CannotDo.usage("cannot read the ignore file " + file + ": " + Reason.of(e));
        }
    }

    private @Nullable Path usualIgnoreFile() {
        Path usual = path.resolve(USUAL_IGNORE_FILE);
        return Files.isRegularFile(usual) ? usual : null;
    }

    /// A file appears whole or not at all: a pipeline that was killed must not leave half a report.
    private void write(String text) {
        if (output == null) {
            var out = spec.commandLine().getOut();
            out.print(text);
            out.flush();
            return;
        }
        Path temporary = output.resolveSibling(output.getFileName() + ".tmp");
        try {
            Files.writeString(temporary, text, StandardCharsets.UTF_8);
            Files.move(temporary, output, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw CannotDo.usage("cannot write the report to " + output + ": " + Reason.of(e));
        }
    }
}
