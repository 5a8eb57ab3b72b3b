package io.muster.advisories;

import io.muster.versions.ParsedVersion;
import io.muster.versions.VersionOrder;
import java.util.EnumMap;
import java.util.Map;

/// The version in question, parsed once for each order in which it must be compared.
final class Subject {

    private final String text;
    private final int spelling;
    private final Map<VersionOrder, ParsedVersion> parsed = new EnumMap<>(VersionOrder.class);

    Subject(String text) {
        this.text = text;
        spelling = Spelling.of(text);
    }

    String text() {
        return text;
    }

    int spelling() {
        return spelling;
    }

    ParsedVersion in(VersionOrder order) {
        return parsed.computeIfAbsent(order, missing -> missing.parse(text));
    }
}
