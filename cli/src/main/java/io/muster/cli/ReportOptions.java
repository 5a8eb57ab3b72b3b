package io.muster.cli;

import io.muster.advisories.Severity;
import io.muster.node.FileFailure;
import io.muster.reports.IgnoreFile;
import io.muster.reports.IgnoreReading;
import io.muster.reports.Report;
import io.muster.reports.ReportFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// How findings are told and what counts, the same for a scan on this machine and an audit on the cluster.
final class ReportOptions {
    /// The ignore file that is used when none is named and one of this name lies in the scanned folder.
    static final String USUAL_IGNORE_FILE = "osv-scanner.toml";

    /// A larger ignore file is a mistake.
    private static final long MAX_IGNORE_BYTES = 4 << 20;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "table, json, markdown, sarif, cyclonedx, openvex or spdx (default: table).")
    private @Nullable String format;

    @Option(
            names = {"-i", "--ignore"},
            paramLabel = "FILE",
            description = "Rules that set findings aside (default: " + USUAL_IGNORE_FILE + " in the scanned folder).")
    private @Nullable Path ignore;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the report there instead of printing it.")
    private @Nullable Path output;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "Exit 1 only for findings this bad or worse: low, medium, high or critical.")
    private @Nullable String failOn;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean isJson;

    /// Refuses what cannot be, before anything is done.
    void check() {
        format();
        threshold();
    }

    ReportFormat format() {
        String word = format == null ? (isJson ? "json" : "table") : format;
        return ReportFormat.ofWord(word)
                .orElseThrow(() -> CannotDo.usage("there is no format '" + word
                        + "'; there are table, json, markdown, sarif, cyclonedx, openvex and spdx"));
    }

    /// The rules to go by: those named, or those that lie in `folder`.
    IgnoreFile rules(@Nullable Path folder) {
        Path file = ignore != null ? ignore : usualIgnoreFile(folder);
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
            throw CannotDo.usage("cannot read the ignore file " + file + ": " + FileFailure.of(e));
        }
    }

    private static @Nullable Path usualIgnoreFile(@Nullable Path folder) {
        if (folder == null) {
            return null;
        }
        Path usual = folder.resolve(USUAL_IGNORE_FILE);
        return Files.isRegularFile(usual) ? usual : null;
    }

    /// Tells the report and returns the exit code that it comes to.
    int tell(CommandSpec spec, Report report) {
        write(spec, format().write(report));
        Severity least = threshold();
        if (least == Severity.UNKNOWN) {
            return report.verdict().exitCode();
        }
        var counting = report.matches().stream()
                .filter(match -> match.finding().rating().severity().compareTo(least) >= 0)
                .toList();
        long unrated = report.count(Severity.UNKNOWN);
        if (counting.isEmpty() && unrated > 0) {
            Printing.remark(spec, unrated + " findings that nobody rated do not count under --fail-on");
        }
        return new Report(
                        report.provenance(),
                        report.at(),
                        report.inputs(),
                        counting,
                        report.suppressed(),
                        report.undecided(),
                        report.refusals(),
                        report.ruleNotes(),
                        report.warnings())
                .verdict()
                .exitCode();
    }

    /// Unknown where none was named: then everything counts.
    private Severity threshold() {
        if (failOn == null) {
            return Severity.UNKNOWN;
        }
        Severity severity = Severity.ofWord(failOn);
        if (severity == Severity.UNKNOWN || severity == Severity.NONE) {
            throw CannotDo.usage("--fail-on '" + failOn + "' is no severity; there are low, medium, high and critical");
        }
        return severity;
    }

    /// A file appears whole or not at all: a pipeline that was killed must not leave half a report. What is there and
    /// no file, such as `/dev/null` or a pipe, is written to as it is and never replaced.
    private void write(CommandSpec spec, String text) {
        if (output == null) {
            PrintWriter out = spec.commandLine().getOut();
            boolean isTinted = format() == ReportFormat.TABLE && Terminal.isColoured();
            out.print(isTinted ? text.lines().map(Terminal::tinted).collect(Collectors.joining("\n", "", "\n")) : text);
            out.flush();
            return;
        }
        try {
            if (Files.exists(output) && !Files.isRegularFile(output)) {
                Files.writeString(output, text, StandardCharsets.UTF_8);
            } else {
                replace(Files.exists(output) ? output.toRealPath() : output.toAbsolutePath(), text);
            }
        } catch (IOException e) {
            throw CannotDo.usage("cannot write the report to " + output + ": " + FileFailure.of(e));
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.writeString(temporary, text, StandardCharsets.UTF_8);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// Several reports on the same database as one.
    static Report joined(List<Report> reports) {
        Report first = reports.getFirst();
        if (reports.size() == 1) {
            return first;
        }
        return new Report(
                first.provenance(),
                first.at(),
                reports.stream().flatMap(it -> it.inputs().stream()).toList(),
                reports.stream().flatMap(it -> it.matches().stream()).toList(),
                reports.stream().flatMap(it -> it.suppressed().stream()).toList(),
                reports.stream().flatMap(it -> it.undecided().stream()).toList(),
                reports.stream().flatMap(it -> it.refusals().stream()).toList(),
                // A rule that helps at one path is no idle rule.
                first.ruleNotes().stream()
                        .filter(note ->
                                reports.stream().allMatch(it -> it.ruleNotes().contains(note)))
                        .toList(),
                reports.stream().flatMap(it -> it.warnings().stream()).toList());
    }
}
