package io.muster.advisories;

import io.muster.versions.PackageName;
import io.muster.versions.VersionOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;

/// Decides what the advisories of a package say about one of its versions. Pure: same entries, same findings.
public final class Matcher {

    /// Malicious-package ids lead, because they change what to do; then ids sort as text.
    private static final Comparator<String> BY_PRECEDENCE = Comparator.<String, Boolean>comparing(
                    id -> !id.startsWith("MAL-"))
            .thenComparing(Comparator.naturalOrder());

    private static final Comparator<Finding> WORST_FIRST =
            Comparator.comparing(Finding::rating, Rating.BY_BADNESS.reversed()).thenComparing(Finding::id);

    private final Provenance provenance;

    /// A matcher whose findings name `provenance`.
    public Matcher(Provenance provenance) {
        this.provenance = provenance;
    }

    /// The findings among `entries`, worst first, and the advisories that versions alone cannot decide.
    ///
    /// Entries of other packages are passed over, so a caller may give more than it must.
    public Matching match(Collection<MatcherEntry> entries, PackageName packageName, String version) {
        if (entries.isEmpty()) {
            return Matching.NOTHING;
        }
        var queried = new QueriedVersion(version);
        List<Match> matches = new ArrayList<>();
        List<Matching.Undecided> undecided = new ArrayList<>();
        for (MatcherEntry entry : entries) {
            if (!entry.speaksOf(packageName)) {
                continue;
            }
            switch (entry.judge(queried)) {
                case Verdict.IsAffected(String explanation) -> matches.add(new Match(entry, explanation));
                case Verdict.IsUndecided(String reason) ->
                    undecided.add(new Matching.Undecided(entry.summary().id(), reason));
                case Verdict.IsUnaffected unaffected -> {}
            }
        }
        if (matches.isEmpty()) {
            return undecided.isEmpty() ? Matching.NOTHING : new Matching(List.of(), undecided);
        }
        matches.sort(Comparator.comparing(match -> match.summary().id(), BY_PRECEDENCE));
        List<Finding> findings = new ArrayList<>();
        for (List<Match> group : AliasGroups.group(matches)) {
            findings.add(finding(group, entries(group, entries, packageName), packageName, queried));
        }
        findings.sort(WORST_FIRST);
        return new Matching(findings, undecided);
    }

    /// All that the group's records say about the package: the entries that match, and those for its other versions.
    private static List<MatcherEntry> entries(
            List<Match> group, Collection<MatcherEntry> entries, PackageName packageName) {
        List<MatcherEntry> ofGroup = new ArrayList<>();
        for (MatcherEntry entry : entries) {
            if (isOfGroup(entry, group) && entry.speaksOf(packageName)) {
                ofGroup.add(entry);
            }
        }
        return ofGroup;
    }

    private static boolean isOfGroup(MatcherEntry entry, List<Match> group) {
        for (Match match : group) {
            if (match.entry().isOfSameRecord(entry)) {
                return true;
            }
        }
        return false;
    }

    private Finding finding(
            List<Match> group, List<MatcherEntry> entries, PackageName packageName, QueriedVersion queried) {
        var ids = new LinkedHashSet<String>();
        var names = new TreeSet<String>();
        var rating = Rating.UNKNOWN;
        for (Match match : group) {
            ids.add(match.summary().id());
            names.addAll(match.summary().aliases());
            rating = worse(rating, match.entry().rating());
        }
        names.removeAll(ids);
        var order = VersionOrder.of(packageName.ecosystem()).orElse(VersionOrder.SEMANTIC);
        return new Finding(
                packageName,
                queried.text(),
                ids.getFirst(),
                List.copyOf(ids),
                List.copyOf(names),
                kind(group),
                rating,
                summary(group),
                group.getFirst().explanation(),
                FixSearch.fix(entries, order, queried),
                references(group),
                provenance);
    }

    private static Rating worse(Rating a, Rating b) {
        return Rating.BY_BADNESS.compare(a, b) >= 0 ? a : b;
    }

    /// A weakness that anyone calls malicious is malicious; it is a mere notice only when all call it that.
    private static Advisory.Kind kind(List<Match> group) {
        var kind = Advisory.Kind.NOTICE;
        for (Match match : group) {
            switch (match.summary().kind()) {
                case MALICIOUS -> {
                    return Advisory.Kind.MALICIOUS;
                }
                case VULNERABILITY -> kind = Advisory.Kind.VULNERABILITY;
                case NOTICE -> {}
            }
        }
        return kind;
    }

    private static String summary(List<Match> group) {
        for (Match match : group) {
            if (!match.summary().summary().isEmpty()) {
                return match.summary().summary();
            }
        }
        return group.getFirst().summary().headline();
    }

    private static List<Reference> references(List<Match> group) {
        if (group.size() == 1) {
            return group.getFirst().summary().references();
        }
        return AdvisorySummary.distinct(group.stream()
                .flatMap(match -> match.summary().references().stream())
                .toList());
    }
}
