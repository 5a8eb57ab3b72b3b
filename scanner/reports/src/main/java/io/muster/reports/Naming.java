package io.muster.reports;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Names for documents that must bear one: made from their content, so that the same report has the same name.
final class Naming {

    private Naming() {}

    /// A UUID of version 3 over what the report found, when, and in which database. [RFC 9562 §5.3]
    static UUID uuid(Report report, String format) {
        var content = new StringBuilder(format)
                .append('\n')
                .append(report.at())
                .append('\n')
                .append(report.provenance());
        for (Hit hit : report.hits()) {
            content.append('\n')
                    .append(hit.finding().id())
                    .append(' ')
                    .append(hit.sighting().place());
            content.append(' ').append(hit.sighting().component().purl());
        }
        report.inputs().forEach(input -> content.append('\n').append(input.name()));
        return UUID.nameUUIDFromBytes(content.toString().getBytes(StandardCharsets.UTF_8));
    }
}
