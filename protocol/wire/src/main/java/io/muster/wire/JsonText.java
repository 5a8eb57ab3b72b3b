package io.muster.wire;

import io.muster.encoding.Bytes;

/// Whether bytes are JSON text as it is sent between strangers: UTF-8 without a mark (RFC 8259 §8.1), and
/// in its strings only whole characters (RFC 7493 §2.1). What breaks that is read differently by
/// different readers, so it is refused before anything keeps it. What is JSON otherwise is left to the
/// parser.
final class JsonText {
    /// A backslash, a u and four digits.
    private static final int ESCAPED_UNIT = 6;

    private final byte[] text;
    private int at;

    private JsonText(byte[] text) {
        this.text = text;
    }

    /// @throws MalformedJsonException if they are not
    static void check(Bytes json) {
        new JsonText(json.array()).check();
    }

    private void check() {
        if (text.length >= 2 && (isByte(0, 0xFE) && isByte(1, 0xFF) || isByte(0, 0xFF) && isByte(1, 0xFE))) {
            throw refused("it is UTF-16: JSON is sent in UTF-8");
        }
        if (text.length >= 3 && isByte(0, 0xEF) && isByte(1, 0xBB) && isByte(2, 0xBF)) {
            throw refused("it begins with a byte order mark: JSON is sent without");
        }
        boolean isInString = false;
        while (at < text.length) {
            int next = text[at] & 0xFF;
            if (next >= 0x80) {
                skipCharacter(next);
            } else if (next == 0) {
                throw refused("byte " + at + " is 0, as in UTF-16 or UTF-32: JSON is sent in UTF-8");
            } else if (isInString && next == '\\') {
                skipEscape();
            } else {
                isInString ^= next == '"';
                at++;
            }
        }
    }

    /// The forms of RFC 3629 §4: nothing longer than needed, no half of a pair, nothing beyond U+10FFFF.
    private void skipCharacter(int lead) {
        int more = lead >= 0xC2 && lead <= 0xDF ? 1 : lead >= 0xE0 && lead <= 0xEF ? 2 : 3;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        boolean isWhole = lead >= 0xC2 && lead <= 0xF4 && at + more < text.length;
        for (int i = 1; isWhole && i <= more; i++) {
            int next = text[at + i] & 0xFF;
            isWhole = i == 1 ? next >= least && next <= most : next >= 0x80 && next <= 0xBF;
        }
        if (!isWhole) {
            throw refused("byte " + at + " begins no character of UTF-8");
        }
        at += more + 1;
    }

    private void skipEscape() {
        int unit = unit(at);
        if (unit < 0) {
            at += 2;
            return;
        }
        if (Character.isLowSurrogate((char) unit)) {
            throw half(unit);
        }
        at += ESCAPED_UNIT;
        if (Character.isHighSurrogate((char) unit)) {
            int low = unit(at);
            if (low < 0 || !Character.isLowSurrogate((char) low)) {
                throw half(unit);
            }
            at += ESCAPED_UNIT;
        }
    }

    /// The number of an escaped UTF-16 unit at `place`; negative where there is none that is whole.
    private int unit(int place) {
        if (place + ESCAPED_UNIT > text.length || text[place] != '\\' || text[place + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = 2; i < ESCAPED_UNIT; i++) {
            int digit = Character.digit(text[place + i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private boolean isByte(int place, int value) {
        return (text[place] & 0xFF) == value;
    }

    private MalformedJsonException half(int unit) {
        return refused(
                "byte " + at + " holds \\u" + Integer.toHexString(unit) + ", half of a character without the other");
    }

    private static MalformedJsonException refused(String why) {
        return new MalformedJsonException("", why);
    }
}
