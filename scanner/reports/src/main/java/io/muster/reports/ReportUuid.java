package io.muster.reports;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Names for documents that must bear one: made from their content, so that the same report has the same name.
final class ReportUuid {

    private ReportUuid() {}

    /// A UUID of version 3 over what the report found, when, and in which database. [RFC 9562 §5.3]
    static UUID uuid(Report report, String format) {
        var content = new StringBuilder(format)
                .append('\n')
                .append(report.at())
                .append('\n')
                .append(report.provenance());
        for (ReportedMatch match : report.matches()) {
            content.append('\n')
                    .append(match.finding().id())
                    .append(' ')
                    .append(match.occurrence().place());
            content.append(' ').append(match.occurrence().component().purl());
        }
        report.inputs().forEach(input -> content.append('\n').append(input.name()));
        return UUID.nameUUIDFromBytes(content.toString().getBytes(StandardCharsets.UTF_8));
    }
}
