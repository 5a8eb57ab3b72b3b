package io.muster.cli;

import io.muster.catalog.NoAdvisoriesException;
import io.muster.encoding.MalformedException;
import io.muster.node.FileFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `muster advisories update`: fetches what changed at a server that is laid out as OSV's bucket, and imports it.
@Command(
        name = "update",
        description = "Fetch the advisories that changed from a server laid out as OSV's bucket, and import them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example, with the address of OSV's bucket or of a mirror of it:",
            "  muster advisories update --from URL --ecosystem npm,PyPI,Go",
            "",
            "No address is built in. --from beats MUSTER_ADVISORIES_URL, which beats the file update.properties in",
            "the database's folder (from=URL, ecosystems=npm,PyPI), where the last successful call is kept.",
            "What broke off goes on where it was."
        })
final class AdvisoryUpdateCommand implements Callable<Integer> {
    static final String CONFIGURATION = "update.properties";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private AdvisoriesCommandGroup advisories = new AdvisoriesCommandGroup();

    @Option(
            names = "--from",
            paramLabel = "URL",
            defaultValue = "${env:MUSTER_ADVISORIES_URL:-}",
            description = "The server's folder (or MUSTER_ADVISORIES_URL, or update.properties).")
    private String from = "";

    @Option(
            names = "--ecosystem",
            split = ",",
            paramLabel = "NAME",
            description = "As OSV writes them, such as npm or crates.io; repeatable.")
    private List<String> ecosystems = List.of();

    @Override
    public Integer call() throws InterruptedException {
        Path store = advisories.database().place();
        var kept = kept(store.resolve(CONFIGURATION));
        URI base = base(from.isEmpty() ? kept.getProperty("from", "") : from);
        List<String> wanted = ecosystems.isEmpty() ? words(kept.getProperty("ecosystems", "")) : ecosystems;
        if (wanted.isEmpty()) {
            throw CannotDo.usage("name what to fetch with --ecosystem, such as npm,PyPI,Go,crates.io");
        }
        for (String name : wanted) {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9 ._:-]{0,63}")) {
                throw CannotDo.usage("--ecosystem '" + name + "' is no name of an ecosystem");
            }
        }
        var bar = ProgressBar.onTerminal();
        try (var source = new AdvisorySource(base)) {
            var report = new AdvisoryUpdate(source, store, bar).run(wanted);
            keep(store.resolve(CONFIGURATION), base, wanted);
            bar.clear();
            if (report.isPresent()) {
                advisories.print(report.get());
            } else {
                Printing.line(spec, "nothing has changed at " + base);
            }
            return ExitCode.WELL.number();
        } catch (NoAdvisoriesException e) {
            throw new CannotDo(ExitCode.BAD, "cannot import what " + base + " sent: " + e.getMessage());
        } catch (IOException e) {
            throw new CannotDo(
                    ExitCode.NO_CLUSTER,
                    "cannot fetch advisories from " + base + ": " + words(e)
                            + "; the same call goes on where this one broke off");
        } catch (MalformedException e) {
            throw new CannotDo(ExitCode.BAD, "cannot import what " + base + " sent: " + e.getMessage());
        } finally {
            bar.clear();
        }
    }

    private static String words(IOException e) {
        return switch (e) {
            case java.net.ConnectException _ -> "no connection";
            case java.net.http.HttpTimeoutException _ -> "it did not answer in time";
            default -> FileFailure.of(e);
        };
    }

    private static URI base(String text) {
        if (text.isEmpty()) {
            throw CannotDo.usage("name the server with --from, MUSTER_ADVISORIES_URL or " + CONFIGURATION
                    + ": the address of OSV's bucket, or of a mirror");
        }
        try {
            var base = URI.create(text.endsWith("/") ? text : text + "/");
            if (base.getHost() != null && ("http".equals(base.getScheme()) || "https".equals(base.getScheme()))) {
                return base;
            }
        } catch (IllegalArgumentException e) {
            throw CannotDo.usage("--from '" + text + "' is no address of a server");
        }
        throw CannotDo.usage("--from '" + text + "' is no address of a server");
    }

    private static List<String> words(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    private static Properties kept(Path file) {
        var kept = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file)) {
                kept.load(in);
            } catch (IOException e) {
                throw CannotDo.usage("cannot read " + file + ": " + FileFailure.of(e));
            }
        }
        return kept;
    }

    private static void keep(Path file, URI base, List<String> wanted) throws IOException {
        var kept = new Properties();
        kept.setProperty("from", base.toString());
        kept.setProperty("ecosystems", String.join(",", wanted));
        try (var out = Files.newBufferedWriter(file)) {
            kept.store(out, "What muster advisories update fetches when it is told nothing else.");
        }
    }
}
