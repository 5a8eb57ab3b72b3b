package io.muster.catalog;

import io.muster.advisories.Advisory;
import io.muster.advisories.Affected;
import io.muster.advisories.VersionRange;
import io.muster.versions.PackageName;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a database holds, counted.
///
/// @param undecidable records in force that no version can ever match: they name no package, or only GIT ranges
/// @param ecosystems by name, without releases; a record about two ecosystems counts in both
public record Statistics(
        int records,
        int withdrawn,
        int malicious,
        int notices,
        int undecidable,
        SortedMap<String, OfEcosystem> ecosystems) {

    /// How many records speak of an ecosystem, and of how many of its packages.
    public record OfEcosystem(int records, int packages) {}

    /// Counts every record once; for a large database that reads all of it.
    public static Statistics of(AdvisoryDatabase database) {
        var count = new Count();
        database.advisories().forEach(count::add);
        SortedMap<String, OfEcosystem> ecosystems = new TreeMap<>();
        count.packages.forEach((ecosystem, packages) ->
                ecosystems.put(ecosystem, new OfEcosystem(count.records.getOrDefault(ecosystem, 0), packages.size())));
        return new Statistics(
                database.recordCount(), count.withdrawn, count.malicious, count.notices, count.undecidable, ecosystems);
    }

    private static final class Count {
        private final SortedMap<String, Set<String>> packages = new TreeMap<>();
        private final SortedMap<String, Integer> records = new TreeMap<>();
        private int withdrawn;
        private int malicious;
        private int notices;
        private int undecidable;

        private void add(Advisory advisory) {
            if (advisory.isWithdrawn()) {
                withdrawn++;
            } else if (advisory.affected().stream().noneMatch(Count::isDecidable)) {
                undecidable++;
            }
            switch (advisory.kind()) {
                case MALICIOUS -> malicious++;
                case NOTICE -> notices++;
                case VULNERABILITY -> {}
            }
            Set<String> seen = new HashSet<>();
            for (Affected affected : advisory.affected()) {
                PackageName name = affected.packageName();
                String ecosystem = name.ecosystem().name();
                packages.computeIfAbsent(ecosystem, missing -> new HashSet<>()).add(name.name());
                if (seen.add(ecosystem)) {
                    records.merge(ecosystem, 1, Integer::sum);
                }
            }
        }

        private static boolean isDecidable(Affected affected) {
            return !affected.versions().isEmpty() || affected.ranges().stream().anyMatch(VersionRange::isComparable);
        }
    }
}
