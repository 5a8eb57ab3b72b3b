package io.muster.advisories;

import io.muster.versions.PackageName;
import io.muster.versions.VersionOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;

/// Decides what the advisories of a package say about one of its versions. Pure: same candidates, same findings.
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

    /// The findings among `candidates`, worst first, and the candidates that versions alone cannot decide.
    ///
    /// Candidates of other packages are passed over, so a caller may give more than it must.
    public Matching match(Collection<Candidate> candidates, PackageName packageName, String version) {
        if (candidates.isEmpty()) {
            return Matching.NOTHING;
        }
        var subject = new Subject(version);
        List<Match> matches = new ArrayList<>();
        List<Matching.Undecided> undecided = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (!candidate.speaksOf(packageName)) {
                continue;
            }
            switch (candidate.judge(subject)) {
                case Verdict.IsAffected(String explanation) -> matches.add(new Match(candidate, explanation));
                case Verdict.IsUndecided(String reason) ->
                    undecided.add(new Matching.Undecided(candidate.brief().id(), reason));
                case Verdict.IsUnaffected unaffected -> {}
            }
        }
        if (matches.isEmpty()) {
            return undecided.isEmpty() ? Matching.NOTHING : new Matching(List.of(), undecided);
        }
        matches.sort(Comparator.comparing(match -> match.brief().id(), BY_PRECEDENCE));
        List<Finding> findings = new ArrayList<>();
        for (List<Match> group : Siblings.group(matches)) {
            findings.add(finding(group, entries(group, candidates, packageName), packageName, subject));
        }
        findings.sort(WORST_FIRST);
        return new Matching(findings, undecided);
    }

    /// All that the group's records say about the package: the entries that match, and those for its other versions.
    private static List<Candidate> entries(
            List<Match> group, Collection<Candidate> candidates, PackageName packageName) {
        List<Candidate> entries = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (isOfGroup(candidate, group) && candidate.speaksOf(packageName)) {
                entries.add(candidate);
            }
        }
        return entries;
    }

    private static boolean isOfGroup(Candidate candidate, List<Match> group) {
        for (Match match : group) {
            if (match.candidate().isOfSameRecord(candidate)) {
                return true;
            }
        }
        return false;
    }

    private Finding finding(List<Match> group, List<Candidate> entries, PackageName packageName, Subject subject) {
        var ids = new LinkedHashSet<String>();
        var names = new TreeSet<String>();
        var rating = Rating.UNKNOWN;
        for (Match match : group) {
            ids.add(match.brief().id());
            names.addAll(match.brief().aliases());
            rating = worse(rating, match.candidate().rating());
        }
        names.removeAll(ids);
        var order = VersionOrder.of(packageName.ecosystem()).orElse(VersionOrder.SEMANTIC);
        return new Finding(
                packageName,
                subject.text(),
                ids.getFirst(),
                List.copyOf(ids),
                List.copyOf(names),
                kind(group),
                rating,
                summary(group),
                group.getFirst().explanation(),
                FixSearch.fix(entries, order, subject),
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
            switch (match.brief().kind()) {
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
            if (!match.brief().summary().isEmpty()) {
                return match.brief().summary();
            }
        }
        return group.getFirst().brief().headline();
    }

    private static List<Reference> references(List<Match> group) {
        if (group.size() == 1) {
            return group.getFirst().brief().references();
        }
        return Brief.distinct(group.stream()
                .flatMap(match -> match.brief().references().stream())
                .toList());
    }
}
