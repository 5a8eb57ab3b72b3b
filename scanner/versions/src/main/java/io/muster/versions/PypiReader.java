package io.muster.versions;

import io.muster.versions.PypiVersion.Marker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads one version by PEP 440 appendix B, walking once from left to right. No regular expression: on a hostile text
/// of many segments the JDK's would run out of stack.
final class PypiReader {

    /// A longer word stands before the one it begins with.
    private static final List<String> PRE_WORDS = List.of("alpha", "a", "beta", "b", "preview", "pre", "rc", "c");

    private static final List<String> POST_WORDS = List.of("post", "rev", "r");
    private static final List<String> DEV_WORDS = List.of("dev");

    private static final int PRESENT = 1;

    private final String original;
    private final String text;
    private int at;

    PypiReader(String text) {
        this.original = text;
        this.text = text.toLowerCase(Locale.ROOT).strip();
    }

    /// The version, or empty when the text does not follow PEP 440.
    Optional<PypiVersion> version() {
        at += text.startsWith("v") ? 1 : 0;
        String epoch = epoch();
        var release = release();
        var pre = marker(PRE_WORDS);
        var post = post();
        var dev = marker(DEV_WORDS);
        var local = local();
        if (release.isEmpty() || at != text.length()) {
            return Optional.empty();
        }
        boolean isBareDevelopment = pre.isEmpty() && post.isEmpty() && dev.isPresent();
        return Optional.of(new PypiVersion(
                original,
                epoch,
                release,
                pre.orElse(isBareDevelopment ? Marker.LOWEST : Marker.HIGHEST),
                post.orElse(Marker.LOWEST),
                dev.orElse(Marker.HIGHEST),
                local,
                ""));
    }

    private String epoch() {
        int end = Digits.end(text, at);
        if (end == at || !text.startsWith("!", end)) {
            return "";
        }
        String epoch = Digits.significant(text.substring(at, end));
        at = end + 1;
        return epoch;
    }

    private List<String> release() {
        var numbers = new ArrayList<String>();
        int end = Digits.end(text, at);
        while (end > at) {
            numbers.add(Digits.significant(text.substring(at, end)));
            at = end;
            if (!text.startsWith(".", at) || Digits.end(text, at + 1) == at + 1) {
                break;
            }
            at++;
            end = Digits.end(text, at);
        }
        return List.copyOf(numbers);
    }

    /// `1.0-1` is a post-release without the word.
    private Optional<Marker> post() {
        int end = text.startsWith("-", at) ? Digits.end(text, at + 1) : at;
        if (end <= at + 1) {
            return marker(POST_WORDS);
        }
        String number = Digits.significant(text.substring(at + 1, end));
        at = end;
        return Optional.of(new Marker(PRESENT, number));
    }

    /// A word, with or without a separator before and behind it, and a number, which is zero when it is missing.
    private Optional<Marker> marker(List<String> words) {
        int start = behindSeparator(at);
        for (String word : words) {
            if (text.startsWith(word, start)) {
                int from = behindSeparator(start + word.length());
                at = Digits.end(text, from);
                return Optional.of(new Marker(phase(word), Digits.significant(text.substring(from, at))));
            }
        }
        return Optional.empty();
    }

    private static int phase(String word) {
        return switch (word) {
            case "alpha", "a" -> 1;
            case "beta", "b" -> 2;
            case "preview", "pre", "rc", "c" -> 3;
            default -> PRESENT;
        };
    }

    private int behindSeparator(int index) {
        return isSeparator(index) ? index + 1 : index;
    }

    private boolean isSeparator(int index) {
        return index < text.length() && "-_.".indexOf(text.charAt(index)) >= 0;
    }

    /// Leaves the cursor in front of what is no local version, so that the text is then refused.
    private List<String> local() {
        var segments = new ArrayList<String>();
        boolean goesOn = text.startsWith("+", at);
        while (goesOn) {
            int end = wordEnd(at + 1);
            if (end == at + 1) {
                break;
            }
            segments.add(text.substring(at + 1, end));
            at = end;
            goesOn = isSeparator(at);
        }
        return List.copyOf(segments);
    }

    private int wordEnd(int from) {
        int end = from;
        while (end < text.length()
                && (Digits.isDigit(text.charAt(end)) || text.charAt(end) >= 'a' && text.charAt(end) <= 'z')) {
            end++;
        }
        return end;
    }
}
