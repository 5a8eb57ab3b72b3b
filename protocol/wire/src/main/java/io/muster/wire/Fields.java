package io.muster.wire;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the records do with fields that a sender left out. JSON fills a missing one with null, whatever the type says.
public final class Fields {
    private Fields() {}

    /// `value`, or a complaint that names the field.
    public static <T> T present(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("'" + field + "' is missing");
        }
        return value;
    }

    /// The value of a field, or what holds where it is absent.
    public static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /// A copy of `list`, empty when it was left out.
    public static <T> List<T> copied(@Nullable List<T> list) {
        return list == null ? List.of() : whole(list, "a list");
    }

    /// A copy of `list`, which has no hole in it.
    public static <T> List<T> whole(List<T> list, String field) {
        for (int place = 0; place < list.size(); place++) {
            if (list.get(place) == null) {
                throw new IllegalArgumentException("'" + field + "' holds null at place " + place);
            }
        }
        return List.copyOf(list);
    }

    /// A copy in the order of the keys, so that the same record is always the same JSON; empty when it was left out.
    public static <K extends Comparable<K>, V> Map<K, V> sorted(@Nullable Map<K, V> map) {
        if (map == null) {
            return Map.of();
        }
        map.forEach((key, value) -> {
            if (value == null) {
                throw new IllegalArgumentException("'" + key + "' is null: leave it out, or give it a value");
            }
        });
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
