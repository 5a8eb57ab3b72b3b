package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.SourceText;
import io.muster.documents.TreeNode;
import io.muster.versions.PackageUrl;
import io.muster.versions.PackageUrlAnswer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// SPDX 2.2 and 2.3 in JSON; 3.0 is [Spdx3]. [SPDX 2.3, clauses 7 "Package" and 11 "Relationships"]
///
/// GitHub hands a document out as the field `sbom` of an object.
///
/// When the document describes one package, that is the project; what it depends on or contains are the roots.
/// When it describes several, they are components and roots. A package without a package URL has its name and
/// version only.
final class SpdxJson {

    private static final Set<String> SKIPPED = Set.of(
            "files",
            "snippets",
            "checksums",
            "hasExtractedLicensingInfos",
            "annotations",
            "licenseInfoFromFiles",
            "copyrightText",
            "description",
            "licenseComments",
            "attributionTexts",
            "packageVerificationCode",
            "hasFiles");

    private static final String BUILT_FROM = "built package from:";

    private final ManifestBuilder builder;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Set<String> described = new LinkedHashSet<>();
    private final Map<Integer, DependencyScope> claims = new LinkedHashMap<>();

    private SpdxJson(ManifestBuilder builder) {
        this.builder = builder;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        if (source.baseName().endsWith(".spdx") && !source.text().stripLeading().startsWith("{")) {
            throw new MalformedDocumentException(
                    "SPDX is read as JSON only, and this is its tag-value form: convert it to .spdx.json", 0);
        }
        TreeNode.Mapping top = source.json(SKIPPED);
        if (!top.has("spdxVersion") && !top.mapping("sbom").entries().isEmpty()) {
            top = top.mapping("sbom");
        }
        if (Spdx3.isOne(top)) {
            Spdx3.read(top, builder);
            return;
        }
        if (!top.text("spdxVersion").startsWith("SPDX-2")) {
            throw new MalformedDocumentException(
                    "'spdxVersion' is not of SPDX 2, nor '@context' of SPDX 3", top.line());
        }
        read(top, builder);
    }

    private static void read(TreeNode.Mapping top, ManifestBuilder builder) {
        var reader = new SpdxJson(builder);
        top.listing("documentDescribes").texts().forEach(id -> reader.described.add(id.value()));
        top.listing("relationships").mappings().forEach(reader::describe);
        String project = reader.project(top);
        for (TreeNode.Mapping entry : top.listing("packages").mappings()) {
            if (!entry.text("SPDXID").equals(project)) {
                reader.positions.put(entry.text("SPDXID"), reader.add(entry));
            }
        }
        for (TreeNode.Mapping relationship : top.listing("relationships").mappings()) {
            reader.relate(project, relationship);
        }
        reader.claims.forEach(builder::scope);
        if (project.isEmpty()) {
            reader.described.forEach(id -> builder.direct(reader.position(id), DependencyScope.RUNTIME));
        }
    }

    private void describe(TreeNode.Mapping relationship) {
        switch (relationship.text("relationshipType")) {
            case "DESCRIBES" -> described.add(relationship.text("relatedSpdxElement"));
            case "DESCRIBED_BY" -> described.add(relationship.text("spdxElementId"));
            default -> {} // edges, which are read when all packages are known
        }
    }

    private String project(TreeNode.Mapping top) {
        boolean isOneOfMany =
                described.size() == 1 && top.listing("packages").items().size() > 1;
        return isOneOfMany ? described.iterator().next() : "";
    }

    private int add(TreeNode.Mapping entry) {
        for (TreeNode.Mapping reference : entry.listing("externalRefs").mappings()) {
            String type = reference.text("referenceType");
            if (type.equals("purl") || type.endsWith("/purl")) {
                switch (PackageUrl.parse(reference.text("referenceLocator"))) {
                    case PackageUrlAnswer.Valid(PackageUrl purl) -> {
                        return add(entry, purl);
                    }
                    case PackageUrlAnswer.Malformed(String text, String reason) ->
                        builder.warn(
                                "line " + entry.line() + ": the package URL '" + text + "' is passed over: " + reason);
                }
            }
        }
        if (entry.text("name").isBlank()) {
            builder.unreadable("line " + entry.line() + ": a package without a name is passed over");
            return ManifestBuilder.NOTHING;
        }
        String version = entry.text("versionInfo");
        return builder.add(
                PackageUrl.of("generic", "", entry.text("name"), version),
                version,
                DependencyScope.RUNTIME,
                entry.line());
    }

    private int add(TreeNode.Mapping entry, PackageUrl purl) {
        PackageUrl meant = Purls.meant(purl, entry.text("name"), source(entry.text("sourceInfo")));
        String version = meant.version().isEmpty() ? entry.text("versionInfo") : meant.version();
        return builder.add(meant, version, DependencyScope.RUNTIME, entry.line());
    }

    /// The source package in the sentence that Syft and Trivy write: `built package from: openssl 3.0.11-1`.
    private static String source(String sourceInfo) {
        if (!sourceInfo.startsWith(BUILT_FROM)) {
            return "";
        }
        List<String> words = SourceText.words(sourceInfo.substring(BUILT_FROM.length()));
        return words.isEmpty() ? "" : words.getFirst() + (words.size() == 2 ? "@" + words.get(1) : "");
    }

    private int position(String id) {
        return positions.getOrDefault(id, ManifestBuilder.NOTHING);
    }

    private void relate(String project, TreeNode.Mapping relationship) {
        String subject = relationship.text("spdxElementId");
        String related = relationship.text("relatedSpdxElement");
        switch (relationship.text("relationshipType")) {
            case "DEPENDS_ON", "CONTAINS", "HAS_PREREQUISITE", "DYNAMIC_LINK", "STATIC_LINK" ->
                edge(project, subject, related, DependencyScope.RUNTIME);
            case "DEPENDENCY_OF", "RUNTIME_DEPENDENCY_OF", "CONTAINED_BY", "PREREQUISITE_FOR" ->
                edge(project, related, subject, DependencyScope.RUNTIME);
            case "OPTIONAL_DEPENDENCY_OF", "PROVIDED_DEPENDENCY_OF", "OPTIONAL_COMPONENT_OF" ->
                edge(project, related, subject, DependencyScope.OPTIONAL);
            case "DEV_DEPENDENCY_OF",
                    "TEST_DEPENDENCY_OF",
                    "BUILD_DEPENDENCY_OF",
                    "DEV_TOOL_OF",
                    "TEST_TOOL_OF",
                    "BUILD_TOOL_OF" -> edge(project, related, subject, DependencyScope.DEVELOPMENT);
            default -> {} // descriptions, licences, origins: no dependency
        }
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
