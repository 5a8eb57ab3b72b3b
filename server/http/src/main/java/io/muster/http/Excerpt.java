package io.muster.http;

/// What a client wrote, as it is shown in a refusal: cut, so that no answer is as long as a request.
final class Excerpt {
    private static final int CHARACTERS = 100;

    private Excerpt() {}

    static String of(String text) {
        if (text.length() <= CHARACTERS) {
            return text;
        }
        // Half a character is none, and no JSON can carry it.
        int end = Character.isHighSurrogate(text.charAt(CHARACTERS - 1)) ? CHARACTERS - 1 : CHARACTERS;
        return text.substring(0, end) + "…";
    }
}
