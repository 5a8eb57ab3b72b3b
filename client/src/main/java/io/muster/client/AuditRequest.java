package io.muster.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for the dependencies in some manifests to be looked up in an advisory database: `POST /v1/audits`.
///
/// @param name what people call the audited thing
/// @param sample which share of the candidates to look up, above 0 and at most 1; all of them when absent
/// @param database the digest of the advisory database to use; the one the answering node has loaded when absent
/// @param minimumMillis makes every look-up take at least this long, 0 to 60,000, so that a demonstration can be
///     watched; none when absent
public record AuditRequest(
        String name,
        List<Manifest> manifests,
        @Nullable Double sample,
        @Nullable String database,
        @Nullable Long minimumMillis) {
    public AuditRequest {
        name = Fields.present(name, "name");
        manifests = List.copyOf(Fields.present(manifests, "manifests"));
    }
}
