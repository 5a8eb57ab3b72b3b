package io.muster.advisories;

import io.muster.versions.PackageName;
import java.util.List;

/// What of an [Affected] decides whether a version is affected; kept apart from the record, because most questions end
/// here and the record is ten times as long.
public record Scope(PackageName packageName, List<VersionRange> ranges, Spellings spellings) {

    public Scope {
        ranges = List.copyOf(ranges);
    }

    /// The scope of an entry.
    public static Scope of(Affected affected) {
        return new Scope(affected.packageName(), affected.ranges(), Spellings.of(affected.versions()));
    }
}
