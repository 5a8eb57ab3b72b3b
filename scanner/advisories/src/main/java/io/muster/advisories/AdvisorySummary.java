package io.muster.advisories;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What a finding tells of a record: all but its versions and its details, which are most of its bytes.
///
/// @param headline the first line a reader should see, whether or not there is a summary
/// @param references without those that only repeat an address
/// @param ratings one for each package that the record affects, in its order
public record AdvisorySummary(
        String id,
        Advisory.Kind kind,
        List<String> aliases,
        List<String> related,
        String summary,
        String headline,
        List<Reference> references,
        List<Rating> ratings) {

    public AdvisorySummary {
        aliases = List.copyOf(aliases);
        related = List.copyOf(related);
        references = List.copyOf(references);
        ratings = List.copyOf(ratings);
    }

    /// The summary of a record.
    public static AdvisorySummary of(Advisory advisory) {
        return new AdvisorySummary(
                advisory.id(),
                advisory.kind(),
                advisory.aliases(),
                advisory.related(),
                advisory.summary().strip(),
                advisory.headline(),
                distinct(advisory.references()),
                ratings(advisory));
    }

    /// Most records rate all their packages alike, and scoring a vector takes microseconds.
    private static List<Rating> ratings(Advisory advisory) {
        List<Rating> ratings = new ArrayList<>(advisory.affected().size());
        Optional<Rating> common = Optional.empty();
        for (Affected affected : advisory.affected()) {
            boolean hasOwn = !affected.severities().isEmpty()
                    || !affected.statedSeverity().isEmpty();
            if (hasOwn) {
                ratings.add(Rating.of(advisory, affected));
                continue;
            }
            common = common.or(() -> Optional.of(Rating.of(advisory, affected)));
            ratings.add(common.get());
        }
        return ratings;
    }

    static List<Reference> distinct(List<Reference> references) {
        var byUrl = new LinkedHashMap<String, Reference>();
        references.forEach(reference -> byUrl.putIfAbsent(reference.url(), reference));
        return List.copyOf(byUrl.values());
    }
}
