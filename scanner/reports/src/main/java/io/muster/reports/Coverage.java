package io.muster.reports;

import io.muster.manifests.Component;
import io.muster.manifests.Manifest;
import io.muster.manifests.SkipReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How much of what the inputs name the advisories could be asked about: where nothing was asked, finding nothing says
/// nothing.
///
/// @param packages listed in the inputs, the same one in two inputs counted twice
/// @param asked how many of them have a version, and an ecosystem of which the database has records
/// @param skipped entries that are not asked about, by reason
/// @param withoutAdvisories packages with a version by ecosystem and release, where the database has no single record
public record Coverage(
        int packages, int asked, Map<SkipReason, Integer> skipped, SortedMap<String, Integer> withoutAdvisories) {

    public Coverage {
        var byReason = new EnumMap<SkipReason, Integer>(SkipReason.class);
        byReason.putAll(skipped);
        skipped = Collections.unmodifiableMap(byReason);
        withoutAdvisories = Collections.unmodifiableSortedMap(new TreeMap<>(withoutAdvisories));
    }

    /// The coverage of inputs where the database knows every ecosystem.
    static Coverage of(List<Manifest> inputs) {
        return of(inputs, Collections.emptySortedMap());
    }

    /// The coverage of inputs where the database has no record of some ecosystems: `withoutAdvisories` counts
    /// their packages that have a version.
    public static Coverage of(List<Manifest> inputs, SortedMap<String, Integer> withoutAdvisories) {
        var skipped = new EnumMap<SkipReason, Integer>(SkipReason.class);
        int packages = 0;
        int versioned = 0;
        for (Manifest input : inputs) {
            input.skipped().forEach((why, count) -> skipped.merge(why, count, Integer::sum));
            packages += input.components().size();
            for (Component component : input.components()) {
                versioned += component.version().isEmpty() ? 0 : 1;
            }
        }
        int silent =
                withoutAdvisories.values().stream().mapToInt(Integer::intValue).sum();
        return new Coverage(packages, versioned - silent, skipped, withoutAdvisories);
    }

    /// Whether there are packages and none could be asked about, other than copies that are known to come from
    /// elsewhere.
    boolean isNothing() {
        boolean isLost =
                !withoutAdvisories.isEmpty() || skipped.keySet().stream().anyMatch(why -> !why.isElsewhere());
        return asked == 0 && isLost;
    }

    /// What was not asked about, a sentence for each kind of reason; none when everything was.
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (!skipped.isEmpty()) {
            sentences.add("skipped " + total(skipped) + ": " + words(skipped));
        }
        if (!withoutAdvisories.isEmpty()) {
            String ecosystems = withoutAdvisories.entrySet().stream()
                    .map(entry -> entry.getValue() + " of " + entry.getKey())
                    .collect(Collectors.joining(", "));
            sentences.add(
                    "the database has no advisories for " + total(withoutAdvisories) + " packages: " + ecosystems);
        }
        return sentences;
    }

    private static int total(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// `3 from git, 1 without a version`
    public static String words(Map<SkipReason, Integer> skipped) {
        return skipped.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().words())
                .collect(Collectors.joining(", "));
    }
}
