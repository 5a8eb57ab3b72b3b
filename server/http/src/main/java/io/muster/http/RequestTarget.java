package io.muster.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// What a request asks for, path and query, as it is sent on and as it is named in answers.
final class RequestTarget {
    private RequestTarget() {}

    /// The same request target as a URI: servers take characters in it that a URI may not hold (RFC 3986
    /// §2), as clients send them. What is escaped already stays so: escaping twice is escaping once.
    static String escaped(String target) {
        var escaped = new StringBuilder(target.length());
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            boolean isEscape = c == '%'
                    && i + 2 < target.length()
                    && HexFormat.isHexDigit(target.charAt(i + 1))
                    && HexFormat.isHexDigit(target.charAt(i + 2));
            if (isEscape || isAllowed(c)) {
                escaped.append(c);
            } else {
                for (byte each : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
                }
            }
        }
        return escaped.toString();
    }

    /// Whether every `%` of a path or a query is followed by two hexadecimal digits (RFC 3986 §2.1)
    /// and what comes out is UTF-8. In a query the rest would be passed over, and the filter with it;
    /// in a path, the router throws.
    static boolean isEscapedWell(String text) {
        var decoded = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                decoded.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            } else if (i + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(i + 1))
                    && HexFormat.isHexDigit(text.charAt(i + 2))) {
                decoded.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-._~!$&'()*+,;=:@/?".indexOf(c) >= 0;
    }
}
