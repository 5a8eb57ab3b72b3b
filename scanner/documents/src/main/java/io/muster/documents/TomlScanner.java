package io.muster.documents;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The characters of a TOML file, taken in order: keys, strings, bare values and what stands between them.
final class TomlScanner {

    private static final char END = '\0';

    private static final String DAY = "(?<year>\\d{4})-(?<month>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\\d|3[01])";
    private static final String MINUTES = "([01]\\d|2[0-3]):[0-5]\\d";

    /// A second of 60 is a leap second (RFC 3339 §5.6).
    private static final String TIME = MINUTES + ":([0-5]\\d|60)(\\.\\d+)?";

    private static final String DIGITS = "\\d(_?\\d)*";

    /// What stands without quotes: a boolean, a whole number, a number with a fraction, a day, a time, or both.
    private static final Pattern BARE_VALUE = Pattern.compile("true|false|[+-]?(inf|nan)"
            + "|0x[0-9A-Fa-f](_?[0-9A-Fa-f])*|0o[0-7](_?[0-7])*|0b[01](_?[01])*"
            + "|[+-]?(0|[1-9](_?\\d)*)(\\." + DIGITS + ")?([eE][+-]?" + DIGITS + ")?"
            + "|" + TIME + "|" + DAY + "([Tt ]" + TIME + "([Zz]|[+-]" + MINUTES + ")?)?");

    private final String text;
    private int at;
    private int line = 1;

    /// @param text without zero characters, which stand for the end
    TomlScanner(String text) {
        this.text = text;
    }

    int line() {
        return line;
    }

    char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private char next() {
        if (at == text.length()) {
            throw new MalformedDocumentException("the file ends in the middle of a value", line);
        }
        char c = text.charAt(at++);
        if (c == '\n') {
            line++;
        }
        return c;
    }

    /// Takes what must come next, after blanks.
    void take(char wanted) {
        skipSpaces();
        takeNext(wanted);
    }

    /// Takes what must come next.
    void takeNext(char wanted) {
        if (!tryTake(wanted)) {
            String found = at < text.length() ? "'" + peek() + "'" : "the end of the file";
            throw new MalformedDocumentException("'" + wanted + "' is expected, but there is " + found, line);
        }
    }

    boolean tryTake(char wanted) {
        if (peek() != wanted || at == text.length()) {
            return false;
        }
        next();
        return true;
    }

    void skipSpaces() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    /// Passes over white space, ends of lines and comments.
    void skipBlank() {
        while (at < text.length()) {
            char c = peek();
            if (c == '#') {
                skipComment();
            } else if (c == ' ' || c == '\t' || c == '\n' || isEndOfLine()) {
                next();
            } else {
                return;
            }
        }
    }

    /// A carriage return is one only together with the line feed.
    private boolean isEndOfLine() {
        return peek() == '\n' || text.startsWith("\r\n", at);
    }

    private void skipComment() {
        while (at < text.length() && peek() != '\n') {
            refuseControl(text.charAt(at++));
        }
    }

    /// Whether another expression follows.
    boolean skipToExpression() {
        skipBlank();
        return at < text.length();
    }

    /// Only blanks and a comment may follow an expression on its line.
    void endOfExpression() {
        skipSpaces();
        if (peek() == '#') {
            skipComment();
        }
        if (at < text.length() && !isEndOfLine()) {
            throw new MalformedDocumentException("'" + peek() + "' follows where the line should end", line);
        }
    }

    List<String> dottedKey() {
        var parts = new ArrayList<String>();
        do {
            if (parts.size() == DocumentLimits.NESTING) {
                throw new MalformedDocumentException("a key has more than " + DocumentLimits.NESTING + " parts", line);
            }
            skipSpaces();
            parts.add(peek() == '"' || peek() == '\'' ? quoted(next()) : bareKey());
            skipSpaces();
        } while (tryTake('.'));
        return parts;
    }

    private String bareKey() {
        int start = at;
        while (isBareKey(peek())) {
            at++;
        }
        if (start == at) {
            throw new MalformedDocumentException("a key is expected", line);
        }
        return bounded(text.substring(start, at));
    }

    private static boolean isBareKey(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    /// A number, boolean or date, as written.
    String bareValue() {
        int start = at;
        while (at < text.length() && ",]}#\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String value = withoutSpacesAtEnd(text.substring(start, at));
        if (value.isEmpty()) {
            throw new MalformedDocumentException("a value is expected", line);
        }
        if (value.length() > DocumentLimits.NUMBER_CHARS) {
            throw new MalformedDocumentException(
                    "a value has more than " + DocumentLimits.NUMBER_CHARS + " characters", line);
        }
        Matcher matcher = BARE_VALUE.matcher(value);
        if (!matcher.matches()) {
            throw new MalformedDocumentException(
                    "'" + value + "' is no number, date, true or false: a text needs quotes", line);
        }
        if (matcher.group("year") != null && !isDay(matcher)) {
            throw new MalformedDocumentException("'" + value + "' is a day that its month does not have", line);
        }
        return value;
    }

    private static String withoutSpacesAtEnd(String value) {
        int end = value.length();
        while (end > 0 && (value.charAt(end - 1) == ' ' || value.charAt(end - 1) == '\t')) {
            end--;
        }
        return value.substring(0, end);
    }

    private static boolean isDay(Matcher date) {
        int year = Integer.parseInt(date.group("year"));
        int month = Integer.parseInt(date.group("month"));
        return YearMonth.of(year, month).isValidDay(Integer.parseInt(date.group("day")));
    }

    String string() {
        char quote = next();
        if (peek() != quote) {
            return quoted(quote);
        }
        next();
        return tryTake(quote) ? multiLine(quote) : "";
    }

    private String quoted(char quote) {
        var value = new StringBuilder();
        for (char c = next(); c != quote; c = next()) {
            if (c == '\n') {
                throw new MalformedDocumentException("a string does not end on its line", line - 1);
            }
            append(value, c, quote);
        }
        return value.toString();
    }

    private String multiLine(char quote) {
        tryTake('\r');
        tryTake('\n');
        var value = new StringBuilder();
        String end = String.valueOf(quote).repeat(3);
        while (!text.startsWith(end, at)) {
            char c = next();
            if (c != '\\' || quote != '"' || !tryJoinLines()) {
                append(value, c, quote);
            }
        }
        at += end.length();
        // Up to two quotes may stand right before the closing three.
        for (int more = 0; more < 2 && tryTake(quote); more++) {
            value.append(quote);
        }
        return value.toString();
    }

    private void append(StringBuilder value, char c, char quote) {
        if (value.length() > DocumentLimits.STRING_CHARS) {
            throw new MalformedDocumentException(
                    "a string has more than " + DocumentLimits.STRING_CHARS + " characters", line);
        }
        if (c == '\\' && quote == '"') {
            escape(value);
        } else {
            refuseControl(c);
            value.append(c);
        }
    }

    private void refuseControl(char c) {
        boolean isCarriageReturn = c == '\r' && peek() == '\n';
        if ((c < ' ' && c != '\t' && c != '\n' && !isCarriageReturn) || c == '\u007f') {
            throw new MalformedDocumentException("a control character stands where TOML has none", line);
        }
    }

    private void escape(StringBuilder value) {
        char c = next();
        switch (c) {
            case 'b' -> value.append('\b');
            case 't' -> value.append('\t');
            case 'n' -> value.append('\n');
            case 'f' -> value.append('\f');
            case 'r' -> value.append('\r');
            case 'e' -> value.append('\u001b');
            case '"', '\\' -> value.append(c);
            case 'u' -> value.appendCodePoint(hex(4));
            case 'U' -> value.appendCodePoint(hex(8));
            default -> throw new MalformedDocumentException("'\\" + c + "' is not an escape of TOML", line);
        }
    }

    /// A backslash at the end of a line takes all blanks and ends of lines that follow with it.
    private boolean tryJoinLines() {
        int before = at;
        skipSpaces();
        if (!isEndOfLine()) {
            at = before;
            return false;
        }
        while (peek() == ' ' || peek() == '\t' || isEndOfLine()) {
            next();
        }
        return true;
    }

    private int hex(int digits) {
        int code = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(next(), 16);
            code = code << 4 | digit;
            if (digit < 0 || !Character.isValidCodePoint(code)) {
                throw new MalformedDocumentException("a \\u escape does not name a character", line);
            }
        }
        if (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
            throw new MalformedDocumentException("a \\u escape names half a character", line);
        }
        return code;
    }

    private String bounded(String value) {
        if (value.length() > DocumentLimits.STRING_CHARS) {
            throw new MalformedDocumentException(
                    "a value has more than " + DocumentLimits.STRING_CHARS + " characters", line);
        }
        return value;
    }
}
