package io.muster.advisories;

import io.muster.versions.PackageName;
import java.util.List;

/// What of an [Affected] decides whether a version is affected; kept apart from the record, because most questions end
/// here and the record is ten times as long.
public record AffectedScope(PackageName packageName, List<VersionRange> ranges, VersionHashes versionHashes) {

    public AffectedScope {
        ranges = List.copyOf(ranges);
    }

    /// The scope of an entry.
    public static AffectedScope of(Affected affected) {
        return new AffectedScope(affected.packageName(), affected.ranges(), VersionHashes.of(affected.versions()));
    }
}
