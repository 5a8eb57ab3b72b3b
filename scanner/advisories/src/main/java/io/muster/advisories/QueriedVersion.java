package io.muster.advisories;

import io.muster.versions.ParsedVersion;
import io.muster.versions.VersionOrder;
import java.util.EnumMap;
import java.util.Map;

/// The version in question, parsed once for each order in which it must be compared.
final class QueriedVersion {

    private final String text;
    private final int versionHash;
    private final Map<VersionOrder, ParsedVersion> parsed = new EnumMap<>(VersionOrder.class);

    QueriedVersion(String text) {
        this.text = text;
        versionHash = VersionHashes.hash(text);
    }

    String text() {
        return text;
    }

    int versionHash() {
        return versionHash;
    }

    /// A version that was already read in one order.
    static QueriedVersion of(VersionOrder order, ParsedVersion version) {
        var queried = new QueriedVersion(version.text());
        queried.parsed.put(order, version);
        return queried;
    }

    ParsedVersion in(VersionOrder order) {
        ParsedVersion known = parsed.get(order);
        if (known == null) {
            known = order.parse(text);
            parsed.put(order, known);
        }
        return known;
    }
}
