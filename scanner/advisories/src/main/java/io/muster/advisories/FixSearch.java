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
    static Fix fix(List<MatcherEntry> entries, VersionOrder order, QueriedVersion queried) {
        var present = queried.in(order);
        Optional<ParsedVersion> sameMajor = Optional.empty();
        Optional<ParsedVersion> any = Optional.empty();
        for (EvaluableRange range : ranges(entries)) {
            for (ParsedVersion fix : range.fixes(order)) {
                boolean isOnMajor = fix.major().equals(present.major());
                // Asking the entries costs most, so only a fix that could become the answer is put to them.
                if (fix.compareTo(present) <= 0 || !isSmaller(fix, isOnMajor ? sameMajor : any)) {
                    continue;
                }
                if (mends(QueriedVersion.of(order, fix), entries)) {
                    any = isSmaller(fix, any) ? Optional.of(fix) : any;
                    sameMajor = isOnMajor ? Optional.of(fix) : sameMajor;
                }
            }
        }
        if (sameMajor.isPresent()) {
            return new Fix.Upgrade(sameMajor.get().text(), Fix.Distance.SAME_MAJOR);
        }
        return any.<Fix>map(fix -> new Fix.Upgrade(fix.text(), Fix.Distance.NEXT_MAJOR))
                .orElseGet(Fix.NoneKnown::new);
    }

    private static boolean isSmaller(ParsedVersion fix, Optional<ParsedVersion> known) {
        return known.isEmpty() || fix.compareTo(known.get()) < 0;
    }

    private static List<EvaluableRange> ranges(List<MatcherEntry> entries) {
        return entries.size() == 1
                ? entries.getFirst().ranges()
                : entries.stream().flatMap(entry -> entry.ranges().stream()).toList();
    }

    private static boolean mends(QueriedVersion fix, List<MatcherEntry> entries) {
        for (MatcherEntry entry : entries) {
            if (entry.judge(fix) instanceof Verdict.IsAffected) {
                return false;
            }
        }
        return true;
    }
}
