package io.muster.advisories;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Everything the entries say about one version of a package.
public record Matching(List<Finding> findings, List<Undecided> undecided) {

    static final Matching NOTHING = new Matching(List.of(), List.of());

    /// An advisory that names the package but cannot be decided from versions alone, and why.
    public record Undecided(String advisory, String reason) {}

    public Matching {
        findings = List.copyOf(findings);
        undecided = List.copyOf(undecided);
    }

    /// The answers to several questions about one package as one; of a weakness told twice the first telling counts.
    public static Matching joined(List<Matching> answers) {
        if (answers.size() == 1) {
            return answers.getFirst();
        }
        var findings = new ArrayList<Finding>();
        var known = new HashSet<String>();
        for (Matching answer : answers) {
            for (Finding finding : answer.findings()) {
                if (finding.advisories().stream().noneMatch(known::contains)) {
                    findings.add(finding);
                }
                known.addAll(finding.advisories());
            }
        }
        return new Matching(
                findings,
                answers.stream()
                        .flatMap(answer -> answer.undecided().stream())
                        .distinct()
                        .toList());
    }
}
