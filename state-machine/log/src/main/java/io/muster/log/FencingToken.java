package io.muster.log;

import java.util.HexFormat;

/// A fencing token: the place in the log at which a hold was granted.
///
/// A resource that remembers the highest fence it saw, and refuses lower ones, cannot be written by a holder whose
/// hold was given to another meanwhile. Fences are compared only within one guard (a job, a named lock).
///
/// Its text is fixed-width hexadecimal, `term-index-ordinal`, so that it also sorts as text. Every term that an engine
/// can reach fits: Raft counts elections, others take milliseconds since 1970.
public record FencingToken(long term, long index, int ordinal) implements Comparable<FencingToken> {
    private static final int TERM_DIGITS = 16;
    private static final int INDEX_DIGITS = 12;
    private static final int ORDINAL_DIGITS = 6;
    private static final int TEXT_LENGTH = TERM_DIGITS + 1 + INDEX_DIGITS + 1 + ORDINAL_DIGITS;

    public FencingToken {
        if (term < 0 || index < 0 || index >= 1L << 4 * INDEX_DIGITS) {
            throw new IllegalArgumentException("a fence cannot hold term " + term + " and index " + index);
        }
        if (ordinal < 0 || ordinal >= 1 << 4 * ORDINAL_DIGITS) {
            throw new IllegalArgumentException("a fence cannot hold ordinal " + ordinal);
        }
    }

    /// Reads the text form back.
    public static FencingToken parse(String text) {
        if (text.length() != TEXT_LENGTH
                || text.charAt(TERM_DIGITS) != '-'
                || text.charAt(TERM_DIGITS + 1 + INDEX_DIGITS) != '-') {
            throw new IllegalArgumentException(
                    "'" + text + "' is no fence: expected term-index-ordinal in " + TEXT_LENGTH + " characters");
        }
        int indexAt = TERM_DIGITS + 1;
        int ordinalAt = indexAt + INDEX_DIGITS + 1;
        try {
            return new FencingToken(
                    HexFormat.fromHexDigitsToLong(text, 0, TERM_DIGITS),
                    HexFormat.fromHexDigitsToLong(text, indexAt, indexAt + INDEX_DIGITS),
                    HexFormat.fromHexDigits(text, ordinalAt, TEXT_LENGTH));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no fence: its parts are hexadecimal", e);
        }
    }

    @Override
    public int compareTo(FencingToken other) {
        int byTerm = Long.compare(term, other.term);
        if (byTerm != 0) {
            return byTerm;
        }
        int byIndex = Long.compare(index, other.index);
        return byIndex != 0 ? byIndex : Integer.compare(ordinal, other.ordinal);
    }

    @Override
    public String toString() {
        return padded(term, TERM_DIGITS) + "-" + padded(index, INDEX_DIGITS) + "-" + padded(ordinal, ORDINAL_DIGITS);
    }

    private static String padded(long value, int digits) {
        String hex = Long.toHexString(value);
        return "0".repeat(digits - hex.length()) + hex;
    }
}
