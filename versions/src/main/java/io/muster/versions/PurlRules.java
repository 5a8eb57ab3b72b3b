package io.muster.versions;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the purl specification asks of each part, and how each type changes it.
final class PurlRules {

    static final SortedMap<String, String> NO_QUALIFIERS = Collections.unmodifiableSortedMap(new TreeMap<>());

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9.-]*");
    private static final Pattern QUALIFIER_KEY = Pattern.compile("[a-z][a-z0-9._-]*");
    private static final Set<String> LOWER_CASE_NAMESPACE =
            Set.of("alpm", "apk", "bitbucket", "bitnami", "composer", "deb", "github", "hex", "rpm");
    private static final Set<String> LOWER_CASE_NAME = Set.of(
            "alpm", "apk", "bitbucket", "bitnami", "composer", "deb", "github", "hex", "npm", "oci", "pub", "pypi");

    private PurlRules() {}

    static String type(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        require(
                TYPE.matcher(lower).matches(),
                "the type '" + type + "' must be letters, digits, '.' and '-', and start with a letter");
        return lower;
    }

    static String namespace(String type, String namespace) {
        String trimmed =
                Arrays.stream(namespace.split("/")).filter(s -> !s.isEmpty()).collect(Collectors.joining("/"));
        return LOWER_CASE_NAMESPACE.contains(type) ? trimmed.toLowerCase(Locale.ROOT) : trimmed;
    }

    static String name(String type, String name) {
        require(!name.isEmpty(), "the name is missing");
        String cased = LOWER_CASE_NAME.contains(type) ? name.toLowerCase(Locale.ROOT) : name;
        return type.equals("pypi") ? cased.replace('_', '-') : cased;
    }

    static String version(String type, String version) {
        return type.equals("huggingface") ? version.toLowerCase(Locale.ROOT) : version;
    }

    static SortedMap<String, String> qualifiers(Map<String, String> qualifiers) {
        var sorted = new TreeMap<String, String>();
        qualifiers.forEach((key, value) -> {
            String lower = key.toLowerCase(Locale.ROOT);
            require(QUALIFIER_KEY.matcher(lower).matches(), "the qualifier key '" + key + "' is not allowed");
            if (!value.isEmpty()) {
                require(sorted.put(lower, value) == null, "the qualifier '" + lower + "' is given twice");
            }
        });
        return Collections.unmodifiableSortedMap(sorted);
    }

    static String subpath(String subpath) {
        return Arrays.stream(subpath.split("/"))
                .filter(segment -> !segment.isEmpty() && !segment.equals(".") && !segment.equals(".."))
                .collect(Collectors.joining("/"));
    }

    static void require(boolean holds, String reason) {
        if (!holds) {
            throw new IllegalArgumentException(reason);
        }
    }
}
