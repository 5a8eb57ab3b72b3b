package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.SourceText;
import io.muster.versions.Ecosystem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// requirements.txt as pip reads it, with `-r` files and `-c` constraints. [pip docs, "Requirements File Format"]
///
/// A requirement has a version when it, or a constraint on it, says `==` or `===` without a wildcard. All others
/// are components without a version: what pip would install is not in the file. Environment markers are not
/// evaluated: what is needed on some machine counts.
///
/// A file named for development or tests (`requirements-dev.txt`) gives that scope to all it holds; the format
/// has no other way to tell.
final class Requirements {

    private static final Pattern DEVELOPMENT_NAME =
            Pattern.compile("(^|[^a-z])(dev|devel|development|test|tests|testing|docs?|lint|ci)([^a-z]|$)");

    private record Asked(PipLine.Wanted wanted, int line) {}

    private final ManifestSource source;
    private final ManifestBuilder builder;
    private final List<Asked> asked = new ArrayList<>();
    private final Map<String, String> constraints = new LinkedHashMap<>();
    private final Set<String> visited = new HashSet<>();

    private Requirements(ManifestSource source, ManifestBuilder builder) {
        this.source = source;
        this.builder = builder;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        var requirements = new Requirements(source, builder);
        requirements.visited.add(source.baseName());
        requirements.lines(source.bytes(), "", 0);
        requirements.finish(scope(source.baseName()));
    }

    private static DependencyScope scope(String baseName) {
        return DEVELOPMENT_NAME.matcher(baseName).find() ? DependencyScope.DEVELOPMENT : DependencyScope.RUNTIME;
    }

    /// @param folder of the file being read, seen from the first file's folder; empty or ending in `/`
    /// @param includedAt the line of the first file that led here, 0 while reading the first file itself
    private void lines(byte[] bytes, String folder, int includedAt) {
        for (RequirementLines.Line line : RequirementLines.of(SourceText.decode(bytes))) {
            int at = includedAt == 0 ? line.number() : includedAt;
            switch (PipLine.read(line.text())) {
                case PipLine.Wanted wanted -> asked.add(new Asked(wanted, at));
                case PipLine.Include include -> include(folder + include.path(), at);
                case PipLine.Constraints given -> constraints(folder + given.path(), at);
                case PipLine.Elsewhere(SkipReason why, String name) ->
                    builder.addElsewhere(why, Ecosystem.PYPI, name, scope(source.baseName()), at);
                case PipLine.Option option -> {}
                case PipLine.Unnamed(SkipReason why, String text) -> {
                    builder.skip(why);
                    builder.warn("line " + at + ": '" + text + "' names no package and is passed over");
                }
            }
        }
    }

    private void include(String path, int line) {
        if (isNew(path, line)) {
            source.beside(path).ifPresentOrElse(bytes -> lines(bytes, folderOf(path), line), () -> missing(path, line));
        }
    }

    private void constraints(String path, int line) {
        if (isNew(path, line)) {
            source.beside(path).ifPresentOrElse(bytes -> constrain(bytes, folderOf(path)), () -> missing(path, line));
        }
    }

    private void constrain(byte[] bytes, String folder) {
        for (RequirementLines.Line line : RequirementLines.of(SourceText.decode(bytes))) {
            switch (PipLine.read(line.text())) {
                case PipLine.Wanted(String name, String version) -> {
                    if (!version.isEmpty()) {
                        constraints.putIfAbsent(PipLine.normal(name), version);
                    }
                }
                case PipLine.Constraints more -> constraints(folder + more.path(), line.number());
                case PipLine.Include more -> constraints(folder + more.path(), line.number());
                case PipLine.Elsewhere _, PipLine.Option _, PipLine.Unnamed _ -> {}
            }
        }
    }

    private boolean isNew(String path, int line) {
        if (visited.size() == ManifestLimits.SIBLING_FILES) {
            throw new MalformedDocumentException(
                    "more than " + ManifestLimits.SIBLING_FILES + " files are pulled in by -r and -c", line);
        }
        return visited.add(path);
    }

    private void missing(String path, int line) {
        builder.warn("line " + line + ": '" + path + "' cannot be read, so what it asks for is not known");
    }

    private static String folderOf(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private void finish(DependencyScope scope) {
        for (Asked one : asked) {
            String name = one.wanted().name();
            String version = one.wanted().version().isEmpty()
                    ? constraints.getOrDefault(PipLine.normal(name), "")
                    : one.wanted().version();
            if (version.isEmpty()) {
                builder.warn(
                        "line " + one.line() + ": '" + name + "' is not pinned by ==, so its version is not known");
            }
            builder.add(Ecosystem.PYPI, name, version, scope, one.line());
        }
    }
}
