package io.muster.cli;

import io.muster.advisories.Advisory;
import io.muster.advisories.Affected;
import io.muster.catalog.AdvisoryDatabase;
import io.muster.catalog.DatabaseSnapshot;
import io.muster.catalog.ImportReport;
import io.muster.catalog.Statistics;
import io.muster.encoding.MalformedException;
import io.muster.node.FileFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster advisories`: bring advisories in, and look at what is there.
@Command(
        name = "advisories",
        description = "Fetch and import OSV advisories, look at the database, and give it to a cluster.",
        subcommands = {AdvisoryUpdateCommand.class, AdvisoryPublishCommand.class, AdvisoryPublishedCommand.class},
        mixinStandardHelpOptions = true)
public final class AdvisoriesCommandGroup {

    /// How many problems of an import are printed; the report holds more.
    private static final int SHOWN_PROBLEMS = 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DatabaseOption database = new DatabaseOption();

    @Command(name = "import", description = "Read a folder or all.zip of OSV records into a new snapshot.")
    int importFrom(@Parameters(paramLabel = "SOURCE") Path source) {
        var bar = ProgressBar.onTerminal();
        try {
            var report = database.store().importFrom(source, (seen, unchanged) -> bar.count("advisories", seen));
            bar.clear();
            print(report);
            return 0;
        } catch (IOException e) {
            throw CannotDo.usage("cannot import " + source + ": " + FileFailure.of(e));
        } catch (MalformedException e) {
            throw new CannotDo(ExitCode.BAD, "cannot import " + source + ": " + e.getMessage());
        } finally {
            bar.clear();
        }
    }

    DatabaseOption database() {
        return database;
    }

    void print(ImportReport report) {
        var out = out();
        out.printf(
                Locale.ROOT,
                "%,d records from %,d documents, %,d of them unchanged%n%s%n",
                report.records(),
                report.documents(),
                report.unchanged(),
                report.snapshot().digest());
        report.problems().stream().limit(SHOWN_PROBLEMS).forEach(problem -> out.println("passed over " + problem));
        if (report.problems().size() > SHOWN_PROBLEMS) {
            out.println("and " + (report.problems().size() - SHOWN_PROBLEMS) + " more");
        }
        out.flush();
    }

    @Command(name = "snapshots", description = "The snapshots that are kept, newest first.")
    int snapshots() {
        try {
            String current = database.store().currentDigest().orElse("");
            for (DatabaseSnapshot it : database.store().snapshots()) {
                String mark = it.digest().equals(current) ? "in use" : "";
                out().printf(Locale.ROOT, "%s  %s  %,d bytes  %s%n", it.digest(), it.imported(), it.bytes(), mark);
            }
            out().flush();
            return 0;
        } catch (IOException e) {
            throw new CannotDo(
                    ExitCode.NOT_FOUND, "cannot list the snapshots of " + database.place() + ": " + FileFailure.of(e));
        }
    }

    @Command(name = "list", description = "One line for each record.")
    int list(
            @Option(names = "--ecosystem", defaultValue = "", description = "Only this one, such as npm.")
                    String ecosystem,
            @Option(names = "--package", defaultValue = "", description = "Only packages of this name.")
                    String packageName) {
        return withDatabase(open -> {
            wanted(open.advisories(), ecosystem, packageName).forEach(this::printLine);
            return 0;
        });
    }

    private static Stream<Advisory> wanted(Stream<Advisory> all, String ecosystem, String packageName) {
        return all.filter(advisory -> ecosystem.isEmpty() && packageName.isEmpty()
                || advisory.affected().stream()
                        .map(Affected::packageName)
                        .anyMatch(name ->
                                (ecosystem.isEmpty() || name.ecosystem().name().equalsIgnoreCase(ecosystem))
                                        && (packageName.isEmpty() || name.name().equalsIgnoreCase(packageName))));
    }

    private void printLine(Advisory advisory) {
        String state =
                advisory.isWithdrawn() ? "withdrawn" : advisory.kind().name().toLowerCase(Locale.ROOT);
        out().println(advisory.id() + "  " + state + "  " + AdvisoryText.oneLine(advisory.headline()));
    }

    @Command(name = "show", description = "Everything about one record, by its id or an alias.")
    int show(@Parameters(paramLabel = "ID") String id) {
        return withDatabase(open -> {
            var advisory = open.advisory(id);
            if (advisory.isEmpty()) {
                throw new CannotDo(ExitCode.NOT_FOUND, "no advisory in " + open.digest() + " is known as '" + id + "'");
            }
            out().print(AdvisoryText.of(advisory.get()));
            return 0;
        });
    }

    @Command(name = "stats", description = "How many records, packages and ecosystems.")
    int stats() {
        return withDatabase(open -> {
            var statistics = Statistics.of(open);
            var out = out();
            out.println(open.digest());
            Freshness.of(database.place())
                    .ifPresent(age -> out.println(
                            age.toDays() + " days old" + (age.compareTo(Freshness.STALE) > 0 ? ", stale" : "")));
            out.printf(
                    Locale.ROOT,
                    "%,d records: %,d withdrawn, %,d malicious packages, %,d notices, %,d that no version can match%n",
                    statistics.records(),
                    statistics.withdrawn(),
                    statistics.malicious(),
                    statistics.notices(),
                    statistics.undecidable());
            statistics
                    .ecosystems()
                    .forEach((name, of) -> out.printf(
                            Locale.ROOT, "  %-20s %,9d records %,9d packages%n", name, of.records(), of.packages()));
            return 0;
        });
    }

    private int withDatabase(ToIntFunction<AdvisoryDatabase> act) {
        try (var open = database.open()) {
            int exitCode = act.applyAsInt(open);
            out().flush();
            return exitCode;
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
