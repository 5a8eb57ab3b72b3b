package io.muster.client;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the records do with fields that a sender left out. JSON fills a missing one with null, whatever the type says.
final class Fields {
    private Fields() {}

    /// `value`, or a complaint that names the field.
    static <T> T present(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("'" + field + "' is missing");
        }
        return value;
    }

    static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /// A copy of `list`, empty when it was left out.
    static <T> List<T> copied(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /// A copy in the order of the keys, so that the same record is always the same JSON; empty when it was left out.
    static <K extends Comparable<K>, V> Map<K, V> sorted(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
