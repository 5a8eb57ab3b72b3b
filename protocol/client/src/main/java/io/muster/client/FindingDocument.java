package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One advisory that affects one audited package, and which run of which job found it.
///
/// @param name the package
/// @param id the advisory, such as `GHSA-…`
/// @param severity `critical`, `high`, `medium`, `low`, `none` or `unknown`
/// @param score the CVSS base score, 0 to 10, where the advisory has one
/// @param fixed the first version that is not affected, where there is one
public record FindingDocument(
        String purl,
        String ecosystem,
        String name,
        String version,
        String id,
        List<String> aliases,
        String severity,
        @Nullable Double score,
        @Nullable String summary,
        @Nullable String fixed,
        String job,
        @Nullable String worker,
        int attempt) {
    public FindingDocument {
        aliases = Fields.copied(aliases);
    }
}
