package io.muster.reports;

import io.muster.advisories.Finding;
import io.muster.advisories.Rating;
import java.util.Comparator;

/// One weakness of one package in one input.
public record Hit(Sighting sighting, Finding finding) {

    /// The worst first; among equals by package, version and advisory, so that the order never depends on the input's.
    public static final Comparator<Hit> WORST_FIRST = Comparator.comparing(
                    (Hit hit) -> hit.finding().rating(), Rating.BY_BADNESS.reversed())
            .thenComparing(hit -> hit.finding().packageName().toString())
            .thenComparing(hit -> hit.finding().version())
            .thenComparing(hit -> hit.finding().id());
}
