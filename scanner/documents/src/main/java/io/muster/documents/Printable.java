package io.muster.documents;

/// Text of a file, made fit to stand in a sentence: no control characters, which could steer a terminal or forge
/// a line of a log, and not longer than a person reads.
public final class Printable {

    private static final int CHARS = 300;

    private Printable() {}

    /// The text with harmful characters replaced, cut where a person stops reading.
    public static String of(String text) {
        int end = Math.min(text.length(), CHARS);
        var printable = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            printable.append(isHarmful(c) ? '\ufffd' : c);
        }
        return end < text.length() ? printable.append('…').toString() : printable.toString();
    }

    /// Whether a text can be shown as it is.
    public static boolean isHarmless(String text) {
        return text.chars().noneMatch(c -> isHarmful((char) c));
    }

    /// Controls, and the marks that turn the direction of writing.
    private static boolean isHarmful(char c) {
        return Character.isISOControl(c)
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069'
                || c == '\u2028'
                || c == '\u2029';
    }
}
