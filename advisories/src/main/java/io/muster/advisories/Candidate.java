package io.muster.advisories;

import io.muster.versions.PackageName;
import io.muster.versions.VersionOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One advisory's say about one package, with the versions of its ranges parsed; made once and asked many times.
///
/// Safe to share between threads: the one thing filled in late, the rating, is the same whoever computes it.
public final class Candidate {

    private static final Verdict UNAFFECTED = new Verdict.IsUnaffected();

    private final Advisory advisory;
    private final Affected affected;
    private final Optional<VersionOrder> order;
    private final List<EvaluableRange> ranges;
    private final int[] spellings;
    private @Nullable Rating rating;

    private Candidate(Advisory advisory, Affected affected) {
        this.advisory = advisory;
        this.affected = affected;
        order = VersionOrder.of(affected.packageName().ecosystem());
        ranges = evaluable(affected.ranges(), order);
        spellings = affected.versions().stream().mapToInt(Spelling::of).sorted().toArray();
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
        Rating known = rating;
        if (known == null) {
            known = Rating.of(advisory, affected);
            rating = known;
        }
        return known;
    }

    /// Evaluates the entry: any range, or the versions it lists. [OSV schema, "Evaluation"]
    Verdict judge(Subject subject) {
        for (EvaluableRange range : ranges) {
            if (range.includes(subject)) {
                return new Verdict.IsAffected(range.interval(subject));
            }
        }
        if (lists(subject)) {
            return new Verdict.IsAffected("listed: " + subject.text());
        }
        return undecidable();
    }

    /// Whether the version is listed, as it is spelt or under another spelling that its ecosystem holds equal, such as
    /// `1.0` for `1.0.0`. Most questions end at the sorted spellings: only on a hit are texts read.
    private boolean lists(Subject subject) {
        if (Arrays.binarySearch(spellings, subject.spelling()) < 0) {
            return false;
        }
        for (String version : affected.versions()) {
            if (version.equals(subject.text()) || isEqualInOrder(version, subject)) {
                return true;
            }
        }
        return false;
    }

    private boolean isEqualInOrder(String version, Subject subject) {
        return Spelling.of(version) == subject.spelling()
                && order.isPresent()
                && order.get().parse(version).compareTo(subject.in(order.get())) == 0;
    }

    private Verdict undecidable() {
        for (VersionRange range : affected.ranges()) {
            if (!range.isComparable() && affected.versions().isEmpty() && ranges.isEmpty()) {
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
