package io.muster.advisories;

import io.muster.versions.PackageName;
import io.muster.versions.VersionOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// One advisory's say about one package, with the versions of its ranges parsed; made once and asked many times.
///
/// It asks for the rest of the record only when the record matches or may list the version. Immutable.
public final class MatcherEntry {

    private static final Verdict UNAFFECTED = new Verdict.IsUnaffected();

    private final PackageName packageName;
    private final Optional<VersionOrder> order;
    private final List<EvaluableRange> ranges;
    private final VersionHashes versionHashes;
    private final Verdict otherwise;
    private final RecordSource record;
    private final int place;

    private MatcherEntry(AffectedScope scope, RecordSource record, int place) {
        this.packageName = scope.packageName();
        this.record = record;
        this.place = place;
        order = VersionOrder.of(packageName.ecosystem());
        ranges = evaluable(scope.ranges(), order);
        versionHashes = scope.versionHashes();
        otherwise = undecidable(scope);
    }

    private static List<EvaluableRange> evaluable(List<VersionRange> ranges, Optional<VersionOrder> order) {
        List<EvaluableRange> evaluable = new ArrayList<>(ranges.size());
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
    public static List<MatcherEntry> of(Advisory advisory) {
        if (advisory.isWithdrawn()) {
            return List.of();
        }
        var record = RecordSource.of(advisory);
        return IntStream.range(0, advisory.affected().size())
                .mapToObj(place -> of(AffectedScope.of(advisory.affected().get(place)), record, place))
                .toList();
    }

    /// The entry with this scope, which stands at `place` among what its record affects.
    public static MatcherEntry of(AffectedScope scope, RecordSource record, int place) {
        return new MatcherEntry(scope, record, place);
    }

    AdvisorySummary summary() {
        return record.summary();
    }

    public PackageName packageName() {
        return packageName;
    }

    /// Whether both are of one record.
    boolean isOfSameRecord(MatcherEntry other) {
        return record.equals(other.record);
    }

    /// Whether the entry speaks of the package asked for.
    boolean speaksOf(PackageName asked) {
        return asked.covers(packageName);
    }

    /// How bad the record is for this package.
    Rating rating() {
        return record.summary().ratings().get(place);
    }

    /// Evaluates the entry: any range, or the versions it lists. [OSV schema, "Evaluation"]
    Verdict judge(QueriedVersion queried) {
        if (isBranch(queried.text())) {
            return judgeBranch(queried);
        }
        for (EvaluableRange range : ranges) {
            if (range.includes(queried)) {
                return new Verdict.IsAffected(range.interval(queried));
            }
        }
        if (versionHashes.mayList(queried.versionHash()) && lists(queried)) {
            return new Verdict.IsAffected("listed: " + queried.text());
        }
        return otherwise;
    }

    /// Composer's `dev-main` and `1.x-dev` name branches, which have no place among versions.
    private boolean isBranch(String version) {
        return packageName.ecosystem().name().equals("Packagist")
                && (version.startsWith("dev-")
                        || version.toLowerCase(Locale.ROOT).endsWith("-dev"));
    }

    /// A branch is affected when every version is, or when it is listed itself; nothing else can be told from its name.
    private Verdict judgeBranch(QueriedVersion queried) {
        if (ranges.stream().anyMatch(EvaluableRange::isEndless)) {
            return new Verdict.IsAffected("every version");
        }
        if (versionHashes.mayList(queried.versionHash())
                && record.versions(place).contains(queried.text())) {
            return new Verdict.IsAffected("listed: " + queried.text());
        }
        return new Verdict.IsUndecided(queried.text() + " is a branch, which has no place among versions");
    }

    /// Whether the version is listed, as it is spelt or under another spelling that its ecosystem holds equal, such as
    /// `1.0` for `1.0.0`.
    private boolean lists(QueriedVersion queried) {
        for (String version : record.versions(place)) {
            if (version.equals(queried.text()) || isEqualInOrder(version, queried)) {
                return true;
            }
        }
        return false;
    }

    private boolean isEqualInOrder(String version, QueriedVersion queried) {
        return VersionHashes.hash(version) == queried.versionHash()
                && order.isPresent()
                && order.get().parse(version).compareTo(queried.in(order.get())) == 0;
    }

    /// The verdict on a version that neither a range nor the list covers.
    private Verdict undecidable(AffectedScope scope) {
        for (VersionRange range : scope.ranges()) {
            if (!range.isComparable() && versionHashes.size() == 0 && ranges.isEmpty()) {
                return new Verdict.IsUndecided("only " + range.kind() + " ranges, which need the repository");
            }
            if (range.kind() == VersionRange.Kind.ECOSYSTEM && order.isEmpty()) {
                return new Verdict.IsUndecided("the order of versions in " + packageName.ecosystem() + " is not known");
            }
        }
        return UNAFFECTED;
    }

    /// The ranges that can be evaluated.
    List<EvaluableRange> ranges() {
        return ranges;
    }
}
