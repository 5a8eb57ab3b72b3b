package io.muster.versions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The sort key that setuptools gave a version before PEP 440: a text in which numbers are padded and words marked.
///
/// Numbers get eight digits; words get a `*`, which sorts below digits; `final` ends every version, so that words
/// before it in the alphabet make a pre-release; `dev` becomes `@`, which sorts below every letter.
/// [setuptools, `pkg_resources.parse_version` as kept by packaging 21 in `LegacyVersion`]
final class PypiLegacyKey {

    private static final int PADDED = 8;
    private static final String FINAL = "*final";
    private static final String HYPHEN = "*final-";
    private static final String ZERO = "0".repeat(PADDED);

    private PypiLegacyKey() {}

    static String of(String text) {
        var kept = new ArrayList<String>();
        for (String part : parts(text.toLowerCase(Locale.ROOT))) {
            if (part.startsWith("*")) {
                if (part.compareTo(FINAL) < 0) {
                    dropTrailing(kept, HYPHEN);
                }
                dropTrailing(kept, ZERO);
            }
            kept.add(part);
        }
        return String.join("", kept);
    }

    private static void dropTrailing(List<String> parts, String idle) {
        while (!parts.isEmpty() && parts.getLast().equals(idle)) {
            parts.removeLast();
        }
    }

    /// Runs of digits, runs of letters and hyphens; all else only parts them.
    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            int end = end(text, at);
            if (end > at) {
                parts.add(marked(text.substring(at, end)));
            }
            at = Math.max(end, at + 1);
        }
        parts.add(FINAL);
        return parts;
    }

    private static int end(String text, int from) {
        if (text.charAt(from) == '-') {
            return from + 1;
        }
        int end = Digits.end(text, from);
        if (end == from) {
            while (end < text.length() && text.charAt(end) >= 'a' && text.charAt(end) <= 'z') {
                end++;
            }
        }
        return end;
    }

    private static String marked(String part) {
        return switch (part) {
            case "pre", "preview", "rc" -> "*c";
            case "-" -> HYPHEN;
            case "dev" -> "*@";
            default ->
                Digits.isDigit(part.charAt(0)) ? "0".repeat(Math.max(0, PADDED - part.length())) + part : "*" + part;
        };
    }
}
