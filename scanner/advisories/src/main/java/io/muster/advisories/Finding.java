package io.muster.advisories;

import io.muster.versions.PackageName;
import java.util.List;

/// One weakness of one version of a package, however many advisories speak of it.
///
/// @param id the advisory that stands for all: the first of `advisories`
/// @param advisories the ids of all records that matched and mean this weakness, sorted, malicious-package ids first
/// @param aliases every other name of the weakness, sorted
/// @param explanation the words of the leading record that cover the version: `>= 1.0.0, < 1.2.3`
public record Finding(
        PackageName packageName,
        String version,
        String id,
        List<String> advisories,
        List<String> aliases,
        Advisory.Kind kind,
        Rating rating,
        String summary,
        String explanation,
        Fix fix,
        List<Reference> references,
        Provenance provenance) {

    public Finding {
        advisories = List.copyOf(advisories);
        aliases = List.copyOf(aliases);
        references = List.copyOf(references);
    }

    /// Whether the weakness is known under this name, as an advisory's id or as an alias.
    public boolean isKnownAs(String name) {
        return advisories.contains(name) || aliases.contains(name);
    }
}
