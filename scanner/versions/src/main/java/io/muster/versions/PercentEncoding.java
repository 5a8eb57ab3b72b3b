package io.muster.versions;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding as package URLs use it: UTF-8, upper-case digits, and everything encoded but letters, digits,
/// `.`, `-`, `_`, `~` and the colon. A plus sign stands for itself, never for a space.
final class PercentEncoding {

    private static final String LEFT_ALONE = ".-_~:";
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    static String encode(String part) {
        var text = new StringBuilder(part.length() + 8);
        for (byte encoded : part.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (encoded & 0xff);
            if (isLetterOrDigit(c) || LEFT_ALONE.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return text.toString();
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /// @throws IllegalArgumentException when a `%` has no two hexadecimal digits, or the bytes are not UTF-8
    static String decode(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        byte[] encoded = part.getBytes(StandardCharsets.UTF_8);
        var decoded = ByteBuffer.allocate(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] == '%') {
                int high = digit(encoded, i + 1);
                int low = digit(encoded, i + 2);
                PurlRules.require(high >= 0 && low >= 0, "'" + part + "' has a '%' without two hexadecimal digits");
                decoded.put((byte) (high << 4 | low));
                i += 2;
            } else {
                decoded.put(encoded[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("'" + part + "' is not UTF-8 once decoded", malformed);
        }
    }

    private static int digit(byte[] encoded, int at) {
        return at < encoded.length ? Character.digit(encoded[at], 16) : -1;
    }
}
