package io.muster.encoding;

import java.nio.charset.StandardCharsets;

/// Text whose length is counted in bytes of UTF-8.
public final class Utf8 {
    private Utf8() {}

    /// Cuts text that only people read down to `mostBytes` bytes, on a whole character.
    public static String cut(String text, int mostBytes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= mostBytes) {
            return text;
        }
        int end = mostBytes;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
