package io.muster.api;

/// What a client wrote, as it is shown in a refusal: cut, so that no answer is as long as a request.
final class Shown {
    private static final int CHARACTERS = 100;

    private Shown() {}

    static String of(String text) {
        return text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS) + "…";
    }
}
