package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for packages to be looked up in an advisory database: `POST /v1/audits`. The candidates are what the manifests
/// name and what stands in the bare list, each once; at least one of the two must be there.
///
/// @param name what people call the audited thing
/// @param sample which share of the candidates to look up, above 0 and at most 1; all of them when absent
/// @param database the digest of the advisory database to use; the one the answering node has loaded when absent
/// @param minimumMillis makes every look-up take at least this long, 0 to 60,000, so that a demonstration can be
///     watched; none when absent
/// @param packages candidates as package URLs with a version, such as `pkg:npm/lodash@4.17.4`; none when absent
public record AuditRequest(
        String name,
        List<ManifestDocument> manifests,
        @Nullable Double sample,
        @Nullable String database,
        @Nullable Long minimumMillis,
        List<String> packages) {
    public AuditRequest {
        name = Fields.present(name, "name");
        if (manifests == null && packages == null) {
            throw new IllegalArgumentException("name the candidates: manifests, packages or both");
        }
        manifests = manifests == null ? List.of() : Fields.whole(manifests, "manifests");
        packages = packages == null ? List.of() : Fields.whole(packages, "packages");
    }
}
