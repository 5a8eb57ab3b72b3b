package io.muster.advisories;

import io.muster.advisories.RangeEvent.Fixed;
import io.muster.advisories.RangeEvent.Introduced;
import io.muster.advisories.RangeEvent.LastAffected;
import io.muster.advisories.RangeEvent.Limit;
import io.muster.versions.ParsedVersion;
import io.muster.versions.VersionOrder;
import java.util.ArrayList;
import java.util.List;

/// A range with its versions parsed and its events sorted, ready for the evaluation of the schema.
/// [OSV schema, "Evaluation"]
final class EvaluableRange {

    private final VersionOrder order;
    private final List<Bound> bounds;
    private final List<Bound> limits;

    /// An event and its version as parsed.
    private record Bound(RangeEvent event, ParsedVersion version) {

        /// An introduction at `0` stands before everything, also before what the order sorts below zero.
        boolean isStart() {
            return event instanceof Introduced && event.version().equals("0");
        }

        /// A limit that holds `*` stands after everything.
        boolean isEndless() {
            return event.version().indexOf('*') >= 0;
        }
    }

    EvaluableRange(VersionOrder order, VersionRange range) {
        this.order = order;
        List<Bound> parsed = new ArrayList<>(range.events().size());
        List<Bound> ends = List.of();
        for (RangeEvent event : range.events()) {
            var bound = new Bound(event, order.parse(event.version()));
            if (event instanceof Limit) {
                ends = ends.isEmpty() ? new ArrayList<>() : ends;
                ends.add(bound);
            } else {
                parsed.add(bound);
            }
        }
        parsed.sort(EvaluableRange::inOrder);
        bounds = List.copyOf(parsed);
        limits = List.copyOf(ends);
    }

    /// By version; where two share one, what begins stands before what ends, so that a version which is introduced and
    /// last affected at once is an interval of one, and a version introduced and fixed at once is none.
    private static int inOrder(Bound a, Bound b) {
        if (a.isStart() != b.isStart()) {
            return a.isStart() ? -1 : 1;
        }
        int byVersion = a.version().compareTo(b.version());
        return byVersion != 0 ? byVersion : Integer.compare(rank(a.event()), rank(b.event()));
    }

    private static int rank(RangeEvent event) {
        return switch (event) {
            case Introduced introduced -> 0;
            case LastAffected lastAffected -> 1;
            case Fixed fixed -> 2;
            case Limit limit -> 3;
        };
    }

    /// Whether it begins before every version and never ends.
    boolean isEndless() {
        return !bounds.isEmpty()
                && bounds.stream().allMatch(Bound::isStart)
                && (limits.isEmpty() || limits.stream().anyMatch(Bound::isEndless));
    }

    boolean includes(QueriedVersion queried) {
        var version = queried.in(order);
        return isBeforeLimits(version) && isVulnerable(version);
    }

    private boolean isBeforeLimits(ParsedVersion version) {
        if (limits.isEmpty()) {
            return true;
        }
        for (Bound limit : limits) {
            if (limit.isEndless() || version.against(limit.version()) < 0) {
                return true;
            }
        }
        return false;
    }

    private boolean isVulnerable(ParsedVersion version) {
        boolean isVulnerable = false;
        for (Bound bound : bounds) {
            switch (bound.event()) {
                case Introduced introduced -> isVulnerable |= isAtOrAfter(version, bound);
                case Fixed fixed -> isVulnerable &= version.against(bound.version()) < 0;
                case LastAffected lastAffected -> isVulnerable &= version.against(bound.version()) <= 0;
                case Limit limit -> {}
            }
        }
        return isVulnerable;
    }

    private static boolean isAtOrAfter(ParsedVersion version, Bound introduced) {
        return introduced.isStart() || version.against(introduced.version()) >= 0;
    }

    /// The interval around an included version in words: `>= 1.0.0, < 1.2.3`.
    String interval(QueriedVersion queried) {
        var version = queried.in(order);
        String from = "";
        for (Bound bound : bounds) {
            if (bound.event() instanceof Introduced && isAtOrAfter(version, bound)) {
                from = bound.isStart() ? "" : ">= " + bound.event().version();
            }
            if (bound.event() instanceof Fixed && version.against(bound.version()) < 0) {
                return joined(from, "< " + bound.event().version());
            }
            if (bound.event() instanceof LastAffected && version.against(bound.version()) <= 0) {
                return joined(from, "<= " + bound.event().version());
            }
        }
        return from.isEmpty() ? "every version" : from;
    }

    private static String joined(String from, String to) {
        return from.isEmpty() ? to : from + ", " + to;
    }

    /// The versions that the range says mend it, each in `wanted` order.
    List<ParsedVersion> fixes(VersionOrder wanted) {
        List<ParsedVersion> fixes = new ArrayList<>(bounds.size());
        for (Bound bound : bounds) {
            if (bound.event() instanceof Fixed(String version)) {
                fixes.add(wanted == order ? bound.version() : wanted.parse(version));
            }
        }
        return fixes;
    }
}
