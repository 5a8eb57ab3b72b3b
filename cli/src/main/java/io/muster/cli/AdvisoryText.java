package io.muster.cli;

import io.muster.advisories.Advisory;
import io.muster.advisories.Affected;
import io.muster.advisories.RangeEvent;
import io.muster.advisories.VersionRange;
import java.util.stream.Collectors;

/// One advisory as a page for a terminal.
final class AdvisoryText {

    private AdvisoryText() {}

    static String of(Advisory advisory) {
        var page = new StringBuilder();
        page.append(advisory.id())
                .append("  ")
                .append(oneLine(advisory.headline()))
                .append('\n');
        if (advisory.status() instanceof Advisory.Status.Withdrawn(var at)) {
            page.append("withdrawn ").append(at).append('\n');
        }
        line(page, "aliases", String.join(", ", advisory.aliases()));
        line(page, "related", String.join(", ", advisory.related()));
        line(page, "modified", advisory.modified().toString());
        advisory.severities().forEach(it -> line(page, "severity", it.vector()));
        line(page, "stated", advisory.statedSeverity());
        advisory.affected().forEach(it -> affected(page, it));
        advisory.repositories().forEach(it -> line(page, "commits of", it));
        advisory.references().forEach(it -> line(page, it.kind(), it.url()));
        if (!advisory.details().isBlank()) {
            page.append('\n');
            advisory.details().lines().forEach(it -> page.append(oneLine(it)).append('\n'));
        }
        return page.toString();
    }

    private static void affected(StringBuilder page, Affected affected) {
        line(page, "affects", affected.packageName().toString());
        affected.ranges().forEach(range -> line(page, "  range", words(range)));
        if (!affected.versions().isEmpty()) {
            line(page, "  listed", String.join(", ", affected.versions()));
        }
    }

    private static String words(VersionRange range) {
        String events = range.events().stream().map(AdvisoryText::words).collect(Collectors.joining(", "));
        return range.isComparable() ? events : range.kind() + " (not evaluated) " + events;
    }

    private static String words(RangeEvent event) {
        return switch (event) {
            case RangeEvent.Introduced introduced -> "introduced " + introduced.version();
            case RangeEvent.Fixed fixed -> "fixed " + fixed.version();
            case RangeEvent.LastAffected lastAffected -> "last affected " + lastAffected.version();
            case RangeEvent.Limit limit -> "limit " + limit.version();
        };
    }

    private static void line(StringBuilder page, String name, String value) {
        if (!value.isEmpty()) {
            page.append(name).append(' ').append(oneLine(value)).append('\n');
        }
    }

    /// Without control characters: a record may come from anyone and must not steer the terminal.
    static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
