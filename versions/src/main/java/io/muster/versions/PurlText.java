package io.muster.versions;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The text of a package URL: read from the right, so that each separator is found before what it may hide in.
final class PurlText {

    /// Longer than any real package URL by far; a hostile file must not make us decode megabytes.
    static final int LONGEST = 16_384;

    private static final String UNRESERVED = ".-_~:";

    private PurlText() {}

    static PackageUrl read(String text) {
        PurlRules.require(text.length() <= LONGEST, "it is longer than " + LONGEST + " characters");
        PurlRules.require(text.regionMatches(true, 0, "pkg:", 0, 4), "it does not start with 'pkg:'");
        String rest = text.substring(4);

        int hash = rest.lastIndexOf('#');
        String subpath = hash < 0 ? "" : segments(rest.substring(hash + 1));
        rest = hash < 0 ? rest : rest.substring(0, hash);

        int question = rest.lastIndexOf('?');
        var qualifiers = question < 0 ? PurlRules.NO_QUALIFIERS : qualifiers(rest.substring(question + 1));
        rest = withoutOuterSlashes(question < 0 ? rest : rest.substring(0, question));

        int typeEnd = rest.indexOf('/');
        PurlRules.require(typeEnd > 0, "it has no type before the first '/'");
        String type = rest.substring(0, typeEnd);
        rest = withoutOuterSlashes(rest.substring(typeEnd + 1));

        int at = rest.lastIndexOf('@');
        boolean versioned = at > 0 && rest.charAt(at - 1) != '/';
        PurlRules.require(at != 0 || rest.indexOf('/') > 0, "the name is missing");
        String version = versioned ? decode(rest.substring(at + 1)) : "";
        rest = versioned ? rest.substring(0, at) : rest;

        int slash = rest.lastIndexOf('/');
        String namespace = slash < 0 ? "" : segments(rest.substring(0, slash));
        return new PackageUrl(
                type, namespace, decode(rest.substring(slash + 1)), version, PurlRules.qualifiers(qualifiers), subpath);
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

    private static String segments(String path) {
        return Arrays.stream(path.split("/")).map(PurlText::decode).collect(Collectors.joining("/"));
    }

    private static Map<String, String> qualifiers(String text) {
        var qualifiers = new TreeMap<String, String>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                PurlRules.require(equals > 0, "the qualifier '" + pair + "' has no key or no '='");
                qualifiers.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
            }
        }
        return qualifiers;
    }

    static String write(PackageUrl purl) {
        var text = new StringBuilder("pkg:").append(purl.type()).append('/');
        if (!purl.namespace().isEmpty()) {
            text.append(encodeSegments(purl.namespace())).append('/');
        }
        text.append(encode(purl.name()));
        if (!purl.version().isEmpty()) {
            text.append('@').append(encode(purl.version()));
        }
        char separator = '?';
        for (var qualifier : purl.qualifiers().entrySet()) {
            text.append(separator).append(qualifier.getKey()).append('=').append(encode(qualifier.getValue()));
            separator = '&';
        }
        if (!purl.subpath().isEmpty()) {
            text.append('#').append(encodeSegments(purl.subpath()));
        }
        return text.toString();
    }

    private static String encodeSegments(String path) {
        return Arrays.stream(path.split("/")).map(PurlText::encode).collect(Collectors.joining("/"));
    }

    private static String encode(String part) {
        var text = new StringBuilder();
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return text.toString();
    }

    private static String decode(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        byte[] encoded = part.getBytes(StandardCharsets.UTF_8);
        var decoded = ByteBuffer.allocate(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                decoded.put(encoded[i]);
            } else {
                int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
                int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
                PurlRules.require(high >= 0 && low >= 0, "'" + part + "' has a '%' without two hexadecimal digits");
                decoded.put((byte) (high << 4 | low));
                i += 2;
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("'" + part + "' is not UTF-8 once decoded", malformed);
        }
    }
}
