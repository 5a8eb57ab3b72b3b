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
        spelling = Spellings.number(text);
    }

    String text() {
        return text;
    }

    int spelling() {
        return spelling;
    }

    /// A version that was already read in one order.
    static Subject of(VersionOrder order, ParsedVersion version) {
        var subject = new Subject(version.text());
        subject.parsed.put(order, version);
        return subject;
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
