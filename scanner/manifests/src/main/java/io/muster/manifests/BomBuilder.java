package io.muster.manifests;

import io.muster.versions.PackageUrl;
import io.muster.versions.PackageUrlAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The parts of a CycloneDX document, whether it was JSON or XML, joined into a manifest.
///
/// The component of `metadata` is the project; what it depends on are the roots. Components nested in another are
/// its parts and hang below it.
final class BomBuilder {

    /// What CycloneDX says in either form and nobody here asks for: most of a large file.
    static final Set<String> CYCLONEDX_SKIPPED = Set.of(
            "hashes",
            "licenses",
            "externalReferences",
            "evidence",
            "description",
            "copyright",
            "pedigree",
            "releaseNotes",
            "modelCard",
            "cryptoProperties",
            "signature",
            "services",
            "vulnerabilities",
            "annotations",
            "formulation",
            "declarations",
            "definitions",
            "tools",
            "compositions");

    /// One component as the document gives it; absent parts are empty.
    ///
    /// @param source the source package that it was built from, as `name@version`, where a property tells it
    record Part(
            String ref,
            String type,
            String purl,
            String group,
            String name,
            String version,
            DependencyScope scope,
            String source,
            int line) {}

    private record Dependency(String from, List<String> on) {}

    /// Without a package URL only these are software that could be looked up; a file or a data set is not.
    private static final Set<String> SOFTWARE =
            Set.of("library", "framework", "application", "container", "platform", "firmware", "operating-system");

    private final ManifestBuilder builder;
    private final Map<String, Integer> positions = new HashMap<>();
    private final List<Dependency> dependencies = new ArrayList<>();
    private final Map<String, DependencyScope> projects = new LinkedHashMap<>();
    private int unresolved;

    BomBuilder(ManifestBuilder builder) {
        this.builder = builder;
    }

    /// Names the project itself.
    void project(Part part) {
        projects.put(part.ref().isEmpty() ? part.purl() : part.ref(), part.scope());
    }

    /// Adds a component and returns its position.
    int component(Part part) {
        int position = add(part);
        if (position != ManifestBuilder.NOTHING) {
            if (!part.ref().isEmpty() && positions.putIfAbsent(part.ref(), position) != null) {
                builder.warn(
                        "line " + part.line() + ": the bom-ref '" + part.ref() + "' is given twice; the first counts");
            }
            positions.putIfAbsent(part.purl(), position);
        }
        return position;
    }

    private int add(Part part) {
        if (part.purl().isEmpty()) {
            return SOFTWARE.contains(part.type()) ? nameless(part) : ManifestBuilder.NOTHING;
        }
        return switch (PackageUrl.parse(part.purl())) {
            case PackageUrlAnswer.Valid(PackageUrl purl) -> {
                PackageUrl meant = Purls.meant(purl, part.name(), part.source());
                String version = meant.version().isEmpty() ? part.version() : meant.version();
                yield builder.add(meant, version, part.scope(), part.line());
            }
            case PackageUrlAnswer.Malformed(String text, String reason) -> {
                builder.warn("line " + part.line() + ": the package URL '" + text + "' is passed over: " + reason);
                yield nameless(part);
            }
        };
    }

    private int nameless(Part part) {
        if (part.name().isBlank()) {
            builder.unreadable("line " + part.line() + ": a component without a name is passed over");
            return ManifestBuilder.NOTHING;
        }
        PackageUrl purl = PackageUrl.of("generic", part.group(), part.name(), part.version());
        return builder.add(purl, part.version(), part.scope(), part.line());
    }

    /// Says that a component is part of another.
    void part(int whole, int part) {
        builder.needs(whole, part);
    }

    /// Says that a component is part of the project itself.
    void partOfProject(int part, DependencyScope scope) {
        builder.direct(part, scope);
    }

    void dependency(String from, List<String> on) {
        dependencies.add(new Dependency(from, on));
    }

    /// Resolves the references, now that all components are known.
    void join() {
        for (Dependency dependency : dependencies) {
            boolean isProject = projects.containsKey(dependency.from()) && !positions.containsKey(dependency.from());
            int from = positions.getOrDefault(dependency.from(), ManifestBuilder.NOTHING);
            for (String ref : dependency.on()) {
                int to = position(ref);
                if (isProject) {
                    builder.direct(
                            to,
                            to == ManifestBuilder.NOTHING
                                    ? DependencyScope.RUNTIME
                                    : builder.component(to).scope());
                } else {
                    builder.needs(from, to);
                }
            }
        }
        if (unresolved > 0) {
            builder.warn(unresolved + " dependencies name a bom-ref that no component has");
        }
    }

    private int position(String ref) {
        Integer known = positions.get(ref);
        if (known == null && !projects.containsKey(ref)) {
            unresolved++;
        }
        return known == null ? ManifestBuilder.NOTHING : known;
    }

    /// Whether a property says that a component is for development; the npm and Composer plugins note it there.
    static boolean marksDevelopment(String property, String value) {
        return value.equals("true")
                && (property.equals("cdx:npm:package:development")
                        || property.equals("cdx:composer:package:isDevRequirement"));
    }

    /// The source package in properties that are not the package URL's qualifier: `SrcName`, `SrcVersion`,
    /// `SrcRelease` and `SrcEpoch` of Trivy. Empty without a name.
    static String source(Map<String, String> properties) {
        String prefix = "aquasecurity:trivy:Src";
        String name = properties.getOrDefault(prefix + "Name", "");
        String version = properties.getOrDefault(prefix + "Version", "");
        String release = properties.getOrDefault(prefix + "Release", "");
        String epoch = properties.getOrDefault(prefix + "Epoch", "");
        String whole = (epoch.isEmpty() || epoch.equals("0") ? "" : epoch + ":")
                + version
                + (release.isEmpty() ? "" : "-" + release);
        return name.isEmpty() || version.isEmpty() ? name : name + "@" + whole;
    }

    /// `required` or nothing, `optional`, or `excluded`: what is there for tests and the like. [ECMA-424,
    /// "scope"]
    static DependencyScope scope(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "optional" -> DependencyScope.OPTIONAL;
            case "excluded" -> DependencyScope.DEVELOPMENT;
            default -> DependencyScope.RUNTIME;
        };
    }
}
