package io.muster.advisories;

import io.muster.versions.PackageName;
import io.muster.versions.ParsedVersion;
import io.muster.versions.VersionOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One advisory's say about one package, with the versions of its ranges parsed; made once and asked many times.
///
/// Safe to share between threads: the one thing filled in late, the parsed list of versions, is the same whoever
/// computes it.
public final class Candidate {

    private static final Verdict UNAFFECTED = new Verdict.IsUnaffected();

    private final Advisory advisory;
    private final Affected affected;
    private final Optional<VersionOrder> order;
    private final List<EvaluableRange> ranges;
    private final Set<String> listed;
    private ParsedVersion @Nullable [] listedInOrder;

    private Candidate(Advisory advisory, Affected affected) {
        this.advisory = advisory;
        this.affected = affected;
        order = VersionOrder.of(affected.packageName().ecosystem());
        ranges = evaluable(affected.ranges(), order);
        listed = Set.copyOf(affected.versions());
    }

    private static List<EvaluableRange> evaluable(List<VersionRange> ranges, Optional<VersionOrder> order) {
        List<EvaluableRange> evaluable = new ArrayList<>();
        for (VersionRange range : ranges) {
            if (range.kind() == VersionRange.Kind.SEMVER) {
                evaluable.add(new EvaluableRange(VersionOrder.SEMANTIC, range));
            }
            if (range.kind() == VersionRange.Kind.ECOSYSTEM) {
                order.ifPresent(known -> evaluable.add(new EvaluableRange(known, range)));
            }
        }
        return evaluable;
    }

    /// What an advisory says, package by package; a withdrawn one says nothing.
    public static List<Candidate> of(Advisory advisory) {
        if (advisory.isWithdrawn()) {
            return List.of();
        }
        return advisory.affected().stream()
                .map(entry -> new Candidate(advisory, entry))
                .toList();
    }

    public Advisory advisory() {
        return advisory;
    }

    public PackageName packageName() {
        return affected.packageName();
    }

    /// Whether the entry speaks of the package asked for. Without a suffix the question covers every release or
    /// registry of the ecosystem; with one it covers that release only.
    boolean speaksOf(PackageName asked) {
        var own = affected.packageName();
        return own.name().equals(asked.name())
                && own.ecosystem().isSameKindAs(asked.ecosystem())
                && (asked.ecosystem().suffix().isEmpty()
                        || own.ecosystem().suffix().equals(asked.ecosystem().suffix()));
    }

    Rating rating() {
        return Rating.of(advisory, affected);
    }

    /// Evaluates the entry: listed versions or any range. [OSV schema, "Evaluation"]
    Verdict judge(Subject subject) {
        if (listed.contains(subject.text())) {
            return new Verdict.IsAffected(rangeAround(subject).orElse("listed: " + subject.text()));
        }
        Optional<String> interval = rangeAround(subject);
        if (interval.isPresent()) {
            return new Verdict.IsAffected(interval.get());
        }
        if (order.isPresent() && listsEqualOf(subject.in(order.get()))) {
            return new Verdict.IsAffected("listed under another spelling of " + subject.text());
        }
        return undecidable();
    }

    private Optional<String> rangeAround(Subject subject) {
        for (EvaluableRange range : ranges) {
            if (range.includes(subject)) {
                return Optional.of(range.interval(subject));
            }
        }
        return Optional.empty();
    }

    /// A version may be listed under another spelling that its ecosystem holds equal, such as `1.0` for `1.0.0`.
    private boolean listsEqualOf(ParsedVersion version) {
        if (listed.isEmpty()) {
            return false;
        }
        ParsedVersion[] sorted = listedInOrder;
        if (sorted == null) {
            var known = order.orElseThrow();
            sorted = listed.stream().map(known::parse).sorted().toArray(ParsedVersion[]::new);
            listedInOrder = sorted;
        }
        return Arrays.binarySearch(sorted, version) >= 0;
    }

    private Verdict undecidable() {
        for (VersionRange range : affected.ranges()) {
            if (!range.isComparable() && listed.isEmpty() && ranges.isEmpty()) {
                return new Verdict.IsUndecided("only " + range.kind() + " ranges, which need the repository");
            }
            if (range.kind() == VersionRange.Kind.ECOSYSTEM && order.isEmpty()) {
                return new Verdict.IsUndecided(
                        "the order of versions in " + affected.packageName().ecosystem() + " is not known");
            }
        }
        return UNAFFECTED;
    }

    /// The versions that some range of the entry names as mended.
    List<String> fixes() {
        return ranges.stream().flatMap(EvaluableRange::fixes).toList();
    }
}
