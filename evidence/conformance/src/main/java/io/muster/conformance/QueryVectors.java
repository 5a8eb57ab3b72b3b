package io.muster.conformance;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.conformance.FileResult.Counts;
import io.muster.conformance.FileResult.Weight;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import io.muster.versions.PackageUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Questions as OSV's API takes them, with the ids of the records that must answer: `*queries.json`.
///
/// A case passes when exactly the expected records match. Every record counts by itself here, also where a scan would
/// show several as one finding.
final class QueryVectors implements VectorSet {

    private final Databases databases;

    QueryVectors(Databases databases) {
        this.databases = databases;
    }

    /// One package at one version.
    private record Query(PackageName name, String version) {

        static Optional<Query> of(JsonNode node) {
            JsonNode parts = node.has("package") ? node.path("package") : node;
            String purl = JsonFile.text(parts.path("purl"));
            String version = JsonFile.text(node.path("version"));
            if (!purl.isEmpty()) {
                return PackageUrl.parse(purl).valid().flatMap(read -> of(read, version));
            }
            String ecosystem = JsonFile.text(parts.path("ecosystem"));
            String name = JsonFile.text(parts.path("name"));
            return ecosystem.isBlank() || name.isBlank() || version.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Query(new PackageName(Ecosystem.parse(ecosystem), name), version));
        }

        private static Optional<Query> of(PackageUrl purl, String version) {
            String asked = version.isEmpty() ? purl.version() : version;
            return purl.packageName().filter(name -> !asked.isEmpty()).map(name -> new Query(name, asked));
        }
    }

    @Override
    public String kind() {
        return "queries";
    }

    @Override
    public boolean recognises(Path file) {
        return file.getFileName().toString().endsWith("queries.json");
    }

    @Override
    public FileResult run(Path file) throws IOException {
        return JsonFile.run(file, (content, counts) -> {
            var database = databases.of(file, content);
            for (JsonNode query : content.isArray() ? content : content.path("queries")) {
                run(query, database, counts);
            }
        });
    }

    private static void run(JsonNode node, AdvisoryDatabase database, Counts counts) {
        var query = Query.of(node);
        if (query.isEmpty()) {
            counts.fail(Weight.REQUIRED, "cannot ask " + node + ": it names no package of OSV at a version");
            return;
        }
        Set<String> expected = expected(node);
        var found = new TreeSet<String>();
        database.findings(query.get().name(), query.get().version())
                .forEach(finding -> found.addAll(finding.advisories()));
        String asked = query.get().name() + " at " + query.get().version();
        counts.count(
                found.equals(expected),
                Weight.REQUIRED,
                () -> asked + " should match " + expected + " but matches " + found);
    }

    /// The ids as the file has them, or an answer of OSV's API as it came.
    private static Set<String> expected(JsonNode node) {
        if (!node.has("vulns")) {
            return JsonFile.texts(node.path("expected"));
        }
        var ids = new TreeSet<String>();
        node.path("vulns").forEach(record -> ids.add(JsonFile.text(record.path("id"))));
        return ids;
    }
}
