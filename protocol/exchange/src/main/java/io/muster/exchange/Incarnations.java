package io.muster.exchange;

import java.util.HexFormat;

/// The text of an incarnation: 16 hexadecimal digits, because JSON numbers above 2^53 do not survive every reader.
public final class Incarnations {
    private static final int DIGITS = 16;

    private Incarnations() {}

    /// Sixteen hexadecimal digits.
    public static String text(long incarnation) {
        return HexFormat.of().toHexDigits(incarnation);
    }

    /// @throws IllegalArgumentException if it is not 16 hexadecimal digits
    public static long parse(String text) {
        if (text.length() != DIGITS) {
            throw new IllegalArgumentException(
                    "'incarnation' is '" + text + "': expected " + DIGITS + " hexadecimal digits");
        }
        return HexFormat.fromHexDigitsToLong(text);
    }
}
