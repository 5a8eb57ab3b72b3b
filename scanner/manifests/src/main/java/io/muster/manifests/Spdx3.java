package io.muster.manifests;

import io.muster.documents.TreeNode;
import io.muster.versions.PackageUrl;
import io.muster.versions.PackageUrlAnswer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// SPDX 3.0 as JSON-LD: one flat list of elements, which name each other. [SPDX 3.0.1, "Software" and "Core"]
///
/// As in SPDX 2, the one root element of many packages is the project.
final class Spdx3 {

    private static final String CONTEXT = "spdx.org/rdf/3.";

    private final ManifestBuilder builder;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<Integer, DependencyScope> claims = new LinkedHashMap<>();
    private final Set<String> roots = new LinkedHashSet<>();

    private Spdx3(ManifestBuilder builder) {
        this.builder = builder;
    }

    static boolean isOne(TreeNode.Mapping top) {
        return top.text("@context").contains(CONTEXT)
                || top.listing("@context").texts().stream()
                        .anyMatch(context -> context.value().contains(CONTEXT));
    }

    static void read(TreeNode.Mapping top, ManifestBuilder builder) {
        List<TreeNode.Mapping> elements =
                top.has("@graph") ? top.listing("@graph").mappings() : List.of(top);
        var reader = new Spdx3(builder);
        elements.forEach(reader::root);
        List<TreeNode.Mapping> packages =
                elements.stream().filter(Spdx3::isPackage).toList();
        reader.roots.retainAll(packages.stream().map(Spdx3::id).toList());
        String project = reader.roots.size() == 1 && packages.size() > 1
                ? reader.roots.iterator().next()
                : "";
        for (TreeNode.Mapping entry : packages) {
            if (!id(entry).equals(project)) {
                reader.positions.put(id(entry), reader.add(entry));
            }
        }
        elements.forEach(element -> reader.relate(project, element));
        reader.claims.forEach(builder::scope);
        if (project.isEmpty()) {
            reader.roots.forEach(id -> builder.direct(reader.position(id), DependencyScope.RUNTIME));
        }
    }

    private static String id(TreeNode.Mapping element) {
        return element.has("spdxId") ? element.text("spdxId") : element.text("@id");
    }

    private static String type(TreeNode.Mapping element) {
        return element.has("type") ? element.text("type") : element.text("@type");
    }

    private static boolean isPackage(TreeNode.Mapping element) {
        return type(element).equals("software_Package") || type(element).equals("ai_AIPackage");
    }

    /// A text, or a list of them: JSON-LD writes one value either way.
    private static List<String> texts(TreeNode.Mapping element, String key) {
        return element.text(key).isEmpty()
                ? element.listing(key).texts().stream()
                        .map(TreeNode.Text::value)
                        .toList()
                : List.of(element.text(key));
    }

    private void root(TreeNode.Mapping element) {
        switch (type(element)) {
            case "software_Sbom", "Bom", "SpdxDocument" -> roots.addAll(texts(element, "rootElement"));
            case "Relationship" -> {
                if (element.text("relationshipType").equals("describes")) {
                    roots.addAll(texts(element, "to"));
                }
            }
            default -> {} // packages, files, agents, licences
        }
    }

    private int add(TreeNode.Mapping entry) {
        String version = entry.text("software_packageVersion");
        String text = purl(entry);
        if (!text.isEmpty()) {
            switch (PackageUrl.parse(text)) {
                case PackageUrlAnswer.Valid(PackageUrl purl) -> {
                    PackageUrl meant = Purls.meant(purl, entry.text("name"), "");
                    return builder.add(
                            meant,
                            meant.version().isEmpty() ? version : meant.version(),
                            DependencyScope.RUNTIME,
                            entry.line());
                }
                case PackageUrlAnswer.Malformed(String given, String reason) ->
                    builder.warn(
                            "line " + entry.line() + ": the package URL '" + given + "' is passed over: " + reason);
            }
        }
        if (entry.text("name").isBlank()) {
            builder.unreadable("line " + entry.line() + ": a package without a name is passed over");
            return ManifestBuilder.NOTHING;
        }
        return builder.add(
                PackageUrl.of("generic", "", entry.text("name"), version),
                version,
                DependencyScope.RUNTIME,
                entry.line());
    }

    private static String purl(TreeNode.Mapping entry) {
        if (entry.has("software_packageUrl")) {
            return entry.text("software_packageUrl");
        }
        return entry.listing("externalIdentifier").mappings().stream()
                .filter(one -> one.text("externalIdentifierType").equals("packageUrl")
                        || one.text("externalIdentifierType").equals("packageURL"))
                .map(one -> one.text("identifier"))
                .findFirst()
                .orElse("");
    }

    private int position(String id) {
        return positions.getOrDefault(id, ManifestBuilder.NOTHING);
    }

    private void relate(String project, TreeNode.Mapping element) {
        String from = element.text("from");
        for (String to : texts(element, "to")) {
            switch (element.text("relationshipType")) {
                case "dependsOn", "contains", "hasPrerequisite", "hasDynamicLink", "hasStaticLink" ->
                    edge(project, from, to, scope(element.text("scope")));
                case "hasOptionalDependency", "hasProvidedDependency", "hasOptionalComponent" ->
                    edge(project, from, to, DependencyScope.OPTIONAL);
                case "usesTool" -> edge(project, from, to, DependencyScope.DEVELOPMENT);
                default -> {} // descriptions, licences, origins: no dependency
            }
        }
    }

    /// Of a relationship that holds in a part of the life cycle only.
    private static DependencyScope scope(String lifecycle) {
        return switch (lifecycle) {
            case "build", "development", "test", "design" -> DependencyScope.DEVELOPMENT;
            default -> DependencyScope.RUNTIME;
        };
    }

    private void edge(String project, String from, String to, DependencyScope scope) {
        int needed = position(to);
        claims.merge(needed, scope, DependencyScope::or);
        if (!project.isEmpty() && from.equals(project)) {
            builder.direct(needed, scope);
        } else {
            builder.needs(position(from), needed);
        }
    }
}
