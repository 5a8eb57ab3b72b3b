package io.muster.advisories;

import io.muster.versions.ParsedVersion;
import io.muster.versions.VersionOrder;
import java.util.List;
import java.util.Optional;

/// Finds the smallest version that mends all advisories of a finding.
final class FixSearch {

    private FixSearch() {}

    /// A version counts as a fix when one of the entries names it, it is newer than the version in use, and none of
    /// the entries affects it: the fix of one branch may lie inside the affected range of another.
    static Fix fix(List<Candidate> entries, VersionOrder order, Subject subject) {
        var present = subject.in(order);
        Optional<ParsedVersion> sameMajor = Optional.empty();
        Optional<ParsedVersion> any = Optional.empty();
        for (Candidate entry : entries) {
            for (String text : entry.fixes()) {
                var fix = order.parse(text);
                if (fix.compareTo(present) <= 0 || !mends(text, entries)) {
                    continue;
                }
                any = smaller(any, fix);
                if (fix.major().equals(present.major())) {
                    sameMajor = smaller(sameMajor, fix);
                }
            }
        }
        if (sameMajor.isPresent()) {
            return new Fix.Upgrade(sameMajor.get().text(), Fix.Distance.SAME_MAJOR);
        }
        return any.<Fix>map(fix -> new Fix.Upgrade(fix.text(), Fix.Distance.NEXT_MAJOR))
                .orElseGet(Fix.NoneKnown::new);
    }

    private static Optional<ParsedVersion> smaller(Optional<ParsedVersion> known, ParsedVersion fix) {
        return known.isPresent() && known.get().compareTo(fix) <= 0 ? known : Optional.of(fix);
    }

    private static boolean mends(String fix, List<Candidate> entries) {
        var asked = new Subject(fix);
        return entries.stream().noneMatch(entry -> entry.judge(asked) instanceof Verdict.IsAffected);
    }
}
