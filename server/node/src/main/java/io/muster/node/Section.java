package io.muster.node;

import io.muster.encoding.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One mapping of a configuration file, read strictly: every value has a type, every key must be asked for.
///
/// Keys that nobody asked for are an error with the nearest valid key, because a misspelt setting that is silently
/// ignored is worse than a node that does not start.
final class Section {
    private final String path;
    private final Map<String, Object> values;
    private final Set<String> known = new TreeSet<>();

    private Section(String path, Map<String, Object> values) {
        this.path = path;
        this.values = values;
    }

    /// The root of a document that was read as maps, lists and scalars.
    static Section root(@Nullable Object document) {
        return new Section("", mapOf("the configuration", document));
    }

    String text(String key, String fallback) {
        return switch (take(key)) {
            case null -> fallback;
            case String text -> text;
            case Object other -> throw wrong(key, "text", other);
        };
    }

    String requiredText(String key) {
        String text = text(key, "");
        if (text.isBlank()) {
            throw new ConfigException("the configuration lacks " + name(key) + ", which has no default");
        }
        return text;
    }

    int whole(String key, int fallback, int least, int most) {
        int value = switch (take(key)) {
            case null -> fallback;
            case Integer number -> number;
            case Object other -> throw wrong(key, "a whole number", other);
        };
        if (value < least || value > most) {
            throw new ConfigException(name(key) + " is " + value + "; it must lie between " + least + " and " + most);
        }
        return value;
    }

    /// Whether the section is there, be it empty.
    boolean has(String key) {
        known.add(key);
        return values.containsKey(key);
    }

    Section section(String key) {
        return new Section(name(key), mapOf(name(key), take(key)));
    }

    List<Section> sections(String key) {
        return switch (take(key)) {
            case null -> List.of();
            case List<?> items ->
                items.stream()
                        .map(item -> new Section(name(key) + "[]", mapOf("an item of " + name(key), item)))
                        .toList();
            case Object other -> throw wrong(key, "a list", other);
        };
    }

    /// A mapping of free keys to texts, such as labels.
    Map<String, String> texts(String key) {
        var texts = new LinkedHashMap<String, String>();
        mapOf(name(key), take(key)).forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    /// Refuses keys that nothing asked for; to be called once everything was read.
    void end() {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new ConfigException("the configuration has no key '" + name(key) + "'" + Nearest.hint(key, known)
                        + "; valid here: " + String.join(", ", known));
            }
        }
    }

    private @Nullable Object take(String key) {
        known.add(key);
        return values.get(key);
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private ConfigException wrong(String key, String wanted, Object found) {
        return new ConfigException(name(key) + " must be " + wanted + ", not '" + found + "'");
    }

    private static Map<String, Object> mapOf(String name, @Nullable Object value) {
        return switch (value) {
            case null -> Map.of();
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, Object>();
                map.forEach((key, item) -> copy.put(String.valueOf(key), item));
                yield copy;
            }
            case Object other -> throw new ConfigException(name + " must be a mapping of keys, not '" + other + "'");
        };
    }
}
