package io.muster.versions;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The text of a package URL: read from the right, so that each separator is found before what it may hide in.
final class PurlText {

    /// Longer than any real package URL by far; a hostile file must not make us decode megabytes.
    static final int LONGEST = 16_384;

    private static final String SCHEME = "pkg:";

    private PurlText() {}

    /// @throws IllegalArgumentException with the rule that is broken
    static PackageUrl read(String text) {
        PurlRules.require(text.length() <= LONGEST, "it is longer than " + LONGEST + " characters");
        PurlRules.requireUnicode(text);
        PurlRules.require(
                text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()), "it does not start with '" + SCHEME + "'");
        String rest = text.substring(SCHEME.length());

        int hash = rest.lastIndexOf('#');
        String subpath = hash < 0 ? "" : decodeSegments(rest.substring(hash + 1));
        rest = hash < 0 ? rest : rest.substring(0, hash);

        int question = rest.lastIndexOf('?');
        var qualifiers = question < 0 ? PurlRules.NO_QUALIFIERS : qualifiers(rest.substring(question + 1));
        rest = withoutOuterSlashes(question < 0 ? rest : rest.substring(0, question));

        int typeEnd = rest.indexOf('/');
        PurlRules.require(typeEnd > 0, "it has no type before the first '/'");
        String type = rest.substring(0, typeEnd);
        rest = withoutOuterSlashes(rest.substring(typeEnd + 1));

        int at = versionSeparator(rest);
        String version = at < 0 ? "" : PercentEncoding.decode(rest.substring(at + 1));
        rest = at < 0 ? rest : rest.substring(0, at);

        boolean isGit = type.equalsIgnoreCase(PurlRules.GIT);
        int slash = isGit ? rest.indexOf('/') : rest.lastIndexOf('/');
        String namespace = slash < 0 ? "" : decodeSegments(rest.substring(0, slash));
        String name =
                isGit ? decodeSegments(rest.substring(slash + 1)) : PercentEncoding.decode(rest.substring(slash + 1));
        return new PackageUrl(type, namespace, name, version, new TreeMap<>(qualifiers), subpath);
    }

    /// The last `@`, unless it opens a segment: then it is npm's scope, which many tools forget to encode.
    private static int versionSeparator(String path) {
        int at = path.lastIndexOf('@');
        boolean opensSegment = at == 0 || at > 0 && path.charAt(at - 1) == '/';
        if (!opensSegment) {
            return at;
        }
        PurlRules.require(path.indexOf('/', at) > 0, "the name before '" + path.substring(at) + "' is missing");
        return -1;
    }

    private static String withoutOuterSlashes(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == '/') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == '/') {
            to--;
        }
        return text.substring(from, to);
    }

    private static String decodeSegments(String path) {
        return Arrays.stream(path.split("/")).map(PercentEncoding::decode).collect(Collectors.joining("/"));
    }

    private static Map<String, String> qualifiers(String text) {
        var qualifiers = new TreeMap<String, String>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                PurlRules.require(equals > 0, "the qualifier '" + pair + "' has no key or no '='");
                String key = pair.substring(0, equals);
                PurlRules.require(
                        !isUpperCase(key.charAt(0)), "the qualifier key '" + key + "' begins with a capital letter");
                String old = qualifiers.put(key, PercentEncoding.decode(pair.substring(equals + 1)));
                PurlRules.require(old == null, "the qualifier '" + key + "' is given twice");
            }
        }
        return qualifiers;
    }

    /// The specification's cases refuse `Arch=` and `Platform=` and read `repositorY_url=`.
    private static boolean isUpperCase(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static String write(PackageUrl purl) {
        var text = new StringBuilder(SCHEME).append(purl.type()).append('/');
        if (!purl.namespace().isEmpty()) {
            text.append(encodeSegments(purl.namespace())).append('/');
        }
        boolean isGit = purl.type().equals(PurlRules.GIT);
        text.append(isGit ? encodeSegments(purl.name()) : PercentEncoding.encode(purl.name()));
        if (!purl.version().isEmpty()) {
            text.append('@').append(PercentEncoding.encode(purl.version()));
        }
        char separator = '?';
        for (var qualifier : purl.qualifiers().entrySet()) {
            text.append(separator).append(qualifier.getKey()).append('=');
            text.append(PercentEncoding.encode(qualifier.getValue()));
            separator = '&';
        }
        if (!purl.subpath().isEmpty()) {
            text.append('#').append(encodeSegments(purl.subpath()));
        }
        return text.toString();
    }

    private static String encodeSegments(String path) {
        return Arrays.stream(path.split("/")).map(PercentEncoding::encode).collect(Collectors.joining("/"));
    }
}
