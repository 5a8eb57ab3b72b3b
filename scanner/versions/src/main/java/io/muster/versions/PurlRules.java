package io.muster.versions;

import io.muster.versions.PurlType.Presence;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the purl specification asks of each part: the rules for all types, then what a type adds.
/// Each method gives the part's canonical form or throws [IllegalArgumentException] with the rule that is broken.
final class PurlRules {

    static final SortedMap<String, String> NO_QUALIFIERS = Collections.unmodifiableSortedMap(new TreeMap<>());

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9.-]*");
    private static final Pattern QUALIFIER_KEY = Pattern.compile("[a-z][a-z0-9._-]*");
    private static final Pattern PYPI_SEPARATORS = Pattern.compile("[-_.]+");
    private static final Pattern CHROME_NAME = Pattern.compile("[a-p]{32}");
    private static final Pattern CHROME_VERSION = Pattern.compile("[0-9]+(\\.[0-9]+){0,3}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{40}");

    /// The type whose name is a path on a host, so that only its first segment is the namespace.
    static final String GIT = "git";

    private PurlRules() {}

    /// For git what follows the host is the name, however many segments it has.
    static String hostOf(String type, String namespace) {
        int slash = type.equals(GIT) ? namespace.indexOf('/') : -1;
        return slash < 0 ? namespace : namespace.substring(0, slash);
    }

    static String pathOf(String type, String namespace, String name) {
        int slash = type.equals(GIT) ? namespace.indexOf('/') : -1;
        String path = slash < 0 ? name : namespace.substring(slash + 1) + "/" + name;
        return type.equals(GIT) ? segments(path) : path;
    }

    private static String segments(String path) {
        return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).collect(Collectors.joining("/"));
    }

    static String type(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        require(
                TYPE.matcher(lower).matches(),
                "the type '" + type + "' must start with a letter and hold only letters, digits, '.' and '-'");
        return lower;
    }

    static String namespace(String type, String namespace) {
        var rules = PurlType.of(type);
        String trimmed = segments(namespace);
        require(
                rules.namespace() != Presence.REQUIRED || !trimmed.isEmpty(),
                "a package of type " + type + " needs a namespace");
        require(
                rules.namespace() != Presence.PROHIBITED || trimmed.isEmpty(),
                "a package of type " + type + " must not have a namespace, but has '" + trimmed + "'");
        return rules.namespaceCase().apply(trimmed);
    }

    static String name(String type, String name, Map<String, String> qualifiers) {
        require(!name.isBlank(), "the name is missing");
        String cased = PurlType.of(type).nameCase().apply(name);
        return switch (type) {
            case "pypi" -> PYPI_SEPARATORS.matcher(cased).replaceAll("-");
            case "pub" -> cased.replace('-', '_');
            case "mlflow" -> isOnDatabricks(qualifiers) ? cased.toLowerCase(Locale.ROOT) : cased;
            case "cpan" -> {
                require(!cased.contains("::"), "'" + name + "' names a Perl module, but cpan has distributions");
                yield cased;
            }
            case "chrome-extension" -> {
                require(CHROME_NAME.matcher(cased).matches(), "'" + name + "' is not 32 letters from a to p");
                yield cased;
            }
            default -> cased;
        };
    }

    /// Model names are case-sensitive on some MLflow servers and not on others; the server is in the qualifiers.
    private static boolean isOnDatabricks(Map<String, String> qualifiers) {
        return qualifiers.getOrDefault("repository_url", "").contains("databricks");
    }

    static String version(String type, String version) {
        return switch (type) {
            case "huggingface" -> COMMIT.matcher(version).matches() ? version.toLowerCase(Locale.ROOT) : version;
            case "chrome-extension" -> {
                require(
                        version.isEmpty() || CHROME_VERSION.matcher(version).matches(),
                        "'" + version + "' is not one to four numbers with dots between");
                yield version;
            }
            default -> version;
        };
    }

    /// Keys in lower case and sorted; a qualifier with an empty value counts as absent.
    static SortedMap<String, String> qualifiers(String type, Map<String, String> qualifiers) {
        var sorted = new TreeMap<String, String>();
        qualifiers.forEach((key, value) -> {
            String lower = key.toLowerCase(Locale.ROOT);
            require(
                    QUALIFIER_KEY.matcher(lower).matches(),
                    "the qualifier key '" + key + "' must start with a letter and hold letters, digits and '.-_'");
            requireUnicode(value);
            if (!value.isEmpty()) {
                require(sorted.put(lower, value) == null, "the qualifier '" + lower + "' is given twice");
            }
        });
        PurlType.requireQualifiers(type, sorted.keySet());
        return Collections.unmodifiableSortedMap(sorted);
    }

    static String subpath(String subpath) {
        return Arrays.stream(subpath.split("/"))
                .filter(segment -> !segment.isEmpty() && !segment.equals(".") && !segment.equals(".."))
                .collect(Collectors.joining("/"));
    }

    /// Half a surrogate pair has no bytes in UTF-8, so it could be written but never read back.
    static void requireUnicode(String... parts) {
        for (String part : parts) {
            boolean isHalf = part.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF);
            require(!isHalf, "it holds half a surrogate pair, which is no character");
        }
    }

    static void require(boolean holds, String reason) {
        if (!holds) {
            throw new IllegalArgumentException(reason);
        }
    }
}
