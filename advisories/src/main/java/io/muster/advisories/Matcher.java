package io.muster.advisories;

import io.muster.versions.PackageName;
import io.muster.versions.VersionOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/// Decides what the advisories of a package say about one of its versions. Pure: same candidates, same findings.
public final class Matcher {

    /// Malicious-package ids lead, because they change what to do; then ids sort as text.
    private static final Comparator<String> BY_PRECEDENCE = Comparator.<String, Boolean>comparing(
                    id -> !id.startsWith("MAL-"))
            .thenComparing(Comparator.naturalOrder());

    private final Provenance provenance;

    /// A matcher whose findings name `provenance`.
    public Matcher(Provenance provenance) {
        this.provenance = provenance;
    }

    /// The findings among `candidates`, worst first, and the candidates that versions alone cannot decide.
    ///
    /// Candidates of other packages are passed over, so a caller may give more than it must.
    public Matching match(Collection<Candidate> candidates, PackageName packageName, String version) {
        var subject = new Subject(version);
        List<Candidate> entries = new ArrayList<>();
        List<Match> matches = new ArrayList<>();
        List<Matching.Undecided> undecided = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (!candidate.speaksOf(packageName)) {
                continue;
            }
            entries.add(candidate);
            switch (candidate.judge(subject)) {
                case Verdict.IsAffected(String explanation) -> matches.add(new Match(candidate, explanation));
                case Verdict.IsUndecided(String reason) ->
                    undecided.add(new Matching.Undecided(candidate.advisory().id(), reason));
                case Verdict.IsUnaffected unaffected -> {}
            }
        }
        if (matches.isEmpty()) {
            return new Matching(List.of(), undecided);
        }
        matches.sort(Comparator.comparing(match -> match.candidate().advisory().id(), BY_PRECEDENCE));
        var findings = Siblings.group(matches).stream()
                .map(group -> finding(group, entries, packageName, subject))
                .sorted(Comparator.comparing(Finding::rating, Rating.BY_BADNESS.reversed())
                        .thenComparing(Finding::id))
                .toList();
        return new Matching(findings, undecided);
    }

    private Finding finding(List<Match> group, List<Candidate> entries, PackageName packageName, Subject subject) {
        var candidates = group.stream().map(Match::candidate).toList();
        var advisories =
                candidates.stream().map(it -> it.advisory().id()).distinct().toList();
        var names = new TreeSet<String>();
        candidates.forEach(it -> it.advisory().names().forEach(names::add));
        advisories.forEach(names::remove);
        var allEntries = entries.stream()
                .filter(it -> advisories.contains(it.advisory().id()))
                .toList();
        var order = VersionOrder.of(packageName.ecosystem()).orElse(VersionOrder.SEMANTIC);
        return new Finding(
                packageName,
                subject.text(),
                advisories.getFirst(),
                advisories,
                List.copyOf(names),
                kind(candidates),
                candidates.stream()
                        .map(Candidate::rating)
                        .max(Rating.BY_BADNESS)
                        .orElse(Rating.UNKNOWN),
                summary(candidates),
                group.getFirst().explanation(),
                FixSearch.fix(allEntries, order, subject),
                references(candidates),
                provenance);
    }

    /// A weakness that anyone calls malicious is malicious; it is a mere notice only when all call it that.
    private static Advisory.Kind kind(List<Candidate> candidates) {
        var kinds = candidates.stream().map(it -> it.advisory().kind()).toList();
        if (kinds.contains(Advisory.Kind.MALICIOUS)) {
            return Advisory.Kind.MALICIOUS;
        }
        return kinds.contains(Advisory.Kind.VULNERABILITY) ? Advisory.Kind.VULNERABILITY : Advisory.Kind.NOTICE;
    }

    private static String summary(List<Candidate> candidates) {
        return candidates.stream()
                .map(it -> it.advisory().summary().strip())
                .filter(summary -> !summary.isEmpty())
                .findFirst()
                .orElseGet(() -> candidates.getFirst().advisory().headline());
    }

    private static List<Reference> references(List<Candidate> candidates) {
        var byUrl = new LinkedHashMap<String, Reference>();
        for (Candidate candidate : candidates) {
            candidate.advisory().references().forEach(reference -> byUrl.putIfAbsent(reference.url(), reference));
        }
        return List.copyOf(byUrl.values());
    }
}
