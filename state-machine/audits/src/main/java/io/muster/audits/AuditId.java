package io.muster.audits;

/// The name of an audit: the index of the entry that started it. Its text, `audit-` and twelve hexadecimal digits,
/// sorts by start.
public record AuditId(long index) implements Comparable<AuditId> {
    private static final String PREFIX = "audit-";
    private static final int DIGITS = 12;

    static final long MAX_INDEX = (1L << 4 * DIGITS) - 1;

    public AuditId {
        if (index <= 0 || index > MAX_INDEX) {
            throw new IllegalArgumentException("no audit can start at index " + index);
        }
    }

    /// Reads the text form back.
    public static AuditId parse(String text) {
        if (!text.startsWith(PREFIX) || text.length() != PREFIX.length() + DIGITS) {
            throw new IllegalArgumentException("'" + text + "' is no audit id: expected audit- and twelve digits");
        }
        try {
            return new AuditId(Long.parseLong(text, PREFIX.length(), text.length(), 16));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no audit id: its digits are hexadecimal", e);
        }
    }

    @Override
    public int compareTo(AuditId other) {
        return Long.compare(index, other.index);
    }

    @Override
    public String toString() {
        String hex = Long.toHexString(index);
        return PREFIX + "0".repeat(DIGITS - hex.length()) + hex;
    }
}
