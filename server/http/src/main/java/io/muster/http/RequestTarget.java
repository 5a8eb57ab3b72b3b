package io.muster.http;

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

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-._~!$&'()*+,;=:@/?".indexOf(c) >= 0;
    }
}
