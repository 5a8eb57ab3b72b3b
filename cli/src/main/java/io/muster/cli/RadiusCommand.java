package io.muster.cli;

import io.muster.manifests.BlastRadius;
import io.muster.manifests.Component;
import io.muster.manifests.Manifest;
import io.muster.manifests.ManifestReading;
import io.muster.manifests.Manifests;
import io.muster.scan.ManifestFinder;
import io.muster.versions.KnownEcosystems;
import io.muster.versions.PackageName;
import io.muster.versions.PackageUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster radius`: which projects below a path have a package, in which versions, and what hangs on it. The first
/// question on the morning a package turns out to be bad.
@Command(
        name = "radius",
        description = "Show how far a package reaches over all lockfiles and SBOMs below a path.",
        footer = {"", "Exit codes: 0 nobody has it, 1 somebody has it, 127 an input could not be read."})
public final class RadiusCommand implements Callable<Integer>, VerdictCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "PACKAGE",
            description = "ECOSYSTEM/NAME such as npm/lodash, or a package URL.")
    private String subject = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "A folder or one file.")
    private Path path = Path.of(".");

    @Override
    public Integer call() {
        var err = spec.commandLine().getErr();
        try {
            var name = nameOf(subject);
            List<String> refusals = new ArrayList<>();
            var radius = BlastRadius.of(name, manifests(refusals));
            spec.commandLine().getOut().print(text(radius));
            spec.commandLine().getOut().flush();
            refusals.forEach(err::println);
            if (radius.manifests() > 0) {
                return ExitCode.BAD.number();
            }
            return (refusals.isEmpty() ? ExitCode.WELL : ExitCode.NO_VERDICT).number();
        } finally {
            err.flush();
        }
    }

    private static PackageName nameOf(String subject) {
        if (subject.startsWith("pkg:")) {
            return PackageUrl.parse(subject)
                    .valid()
                    .map(RadiusCommand::nameOf)
                    .orElseThrow(() -> CannotDo.usage("'" + subject + "' is no package URL"));
        }
        int slash = subject.indexOf('/');
        if (slash <= 0 || slash == subject.length() - 1) {
            throw CannotDo.usage("'" + subject + "' names no package: write npm/lodash or pkg:npm/lodash");
        }
        String word = subject.substring(0, slash);
        return KnownEcosystems.find(word)
                .map(ecosystem -> new PackageName(ecosystem, subject.substring(slash + 1)))
                .orElseThrow(() -> CannotDo.usage(
                        "'" + word + "' is no ecosystem; did you mean '" + KnownEcosystems.nearestTo(word)
                                + "'? A package of no ecosystem is named by its package URL"));
    }

    /// A misspelt type would be an ecosystem that nobody has a package of.
    private static PackageName nameOf(PackageUrl purl) {
        if (!KnownEcosystems.isType(purl.type())) {
            throw CannotDo.usage("'" + purl.type() + "' is no type of package URL; did you mean '"
                    + KnownEcosystems.nearestType(purl.type()) + "'?");
        }
        return Manifests.nameOf(purl);
    }

    private List<Manifest> manifests(List<String> refusals) {
        if (!Files.exists(path)) {
            throw new CannotDo(ExitCode.NO_VERDICT, "there is no file or folder " + path);
        }
        var finder = new ManifestFinder(path);
        var walk = finder.walk();
        refusals.addAll(walk.problems());
        List<Manifest> manifests = new ArrayList<>();
        for (Path file : walk.files()) {
            switch (finder.read(file)) {
                case ManifestReading.Read read -> manifests.add(read.manifest());
                case ManifestReading.Refused refused ->
                    refusals.add(finder.nameOf(file) + ":" + refused.line() + ": " + refused.reason());
            }
        }
        return manifests;
    }

    private static String text(BlastRadius radius) {
        var text = new StringBuilder(radius.subject() + ": in " + radius.manifests()
                + (radius.manifests() == 1 ? " file" : " files") + "; packages that need it: "
                + radius.dependents() + "\n");
        for (BlastRadius.Touched touched : radius.touched()) {
            String direct = touched.direct().stream().map(Component::label).collect(Collectors.joining(", "));
            text.append("  ")
                    .append(touched.manifest())
                    .append(':')
                    .append(touched.component().line());
            text.append("  ").append(touched.component().version());
            text.append("  needed by ").append(touched.dependents());
            text.append(direct.isEmpty() ? "" : "  through " + direct).append('\n');
        }
        return text.toString().replaceAll("[\\p{Cntrl}&&[^\n]]", "\uFFFD");
    }
}
