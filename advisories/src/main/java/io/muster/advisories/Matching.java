package io.muster.advisories;

import java.util.List;

/// Everything the candidates say about one version of a package.
public record Matching(List<Finding> findings, List<Undecided> undecided) {

    static final Matching NOTHING = new Matching(List.of(), List.of());

    /// An advisory that names the package but cannot be decided from versions alone, and why.
    public record Undecided(String advisory, String reason) {}

    public Matching {
        findings = List.copyOf(findings);
        undecided = List.copyOf(undecided);
    }
}
