package io.muster.reports;

import io.muster.advisories.Finding;
import io.muster.advisories.Rating;
import java.util.Comparator;

/// One weakness of one package in one input.
public record ReportedMatch(Occurrence occurrence, Finding finding) {

    /// The worst first; among equals by package, version and advisory, so that the order never depends on the input's.
    public static final Comparator<ReportedMatch> WORST_FIRST = Comparator.comparing(
                    (ReportedMatch match) -> match.finding().rating(), Rating.BY_BADNESS.reversed())
            .thenComparing(match -> match.finding().packageName().toString())
            .thenComparing(match -> match.finding().version())
            .thenComparing(match -> match.finding().id());
}
