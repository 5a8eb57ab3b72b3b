package io.muster.advisories;

import io.muster.versions.PackageName;
import java.util.List;

/// What an advisory says about one package: its ranges, the versions it lists, and a rating of its own if it has one.
///
/// @param severities vectors that hold for this package only; when there are any they replace those of the advisory
/// @param statedSeverity the publisher's word for this package only; may be empty
public record Affected(
        PackageName packageName,
        List<VersionRange> ranges,
        List<String> versions,
        List<SeverityVector> severities,
        String statedSeverity) {

    public Affected {
        ranges = List.copyOf(ranges);
        versions = List.copyOf(versions);
        severities = List.copyOf(severities);
    }
}
