package io.muster.jobs;

/// The name of a job for all time: the log index of its submission and its place within that entry.
///
/// Ids ascend in the order of submission, so an id is also the job's age. The text is `job-` and 13 digits of
/// Crockford's base 32 in lower case (no i, l, o, u), fixed width, so that it sorts as the number does.
public record JobId(long value) implements Comparable<JobId> {
    /// One entry may submit this many jobs, its follow-ups included.
    public static final int MAX_PER_ENTRY = 1 << 16;

    private static final String PREFIX = "job-";
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int DIGIT_COUNT = 13;
    private static final int BITS = 5;
    private static final long MAX_INDEX = (1L << 47) - 1;

    public JobId {
        if (value < 0) {
            throw new IllegalArgumentException(value + " is no job id: it is negative");
        }
    }

    /// The id of the `ordinal`-th job submitted by the entry at `index`.
    public static JobId of(long index, int ordinal) {
        if (index < 0 || index > MAX_INDEX || ordinal < 0 || ordinal >= MAX_PER_ENTRY) {
            throw new IllegalArgumentException("no job id can hold index " + index + " and ordinal " + ordinal);
        }
        return new JobId(index << 16 | ordinal);
    }

    /// Reads the text form back; upper case is accepted, since people copy ids by hand.
    public static JobId parse(String text) {
        long value = 0;
        boolean isShaped = text.length() == PREFIX.length() + DIGIT_COUNT && text.startsWith(PREFIX);
        for (int i = PREFIX.length(); isShaped && i < text.length(); i++) {
            int digit = DIGITS.indexOf(Character.toLowerCase(text.charAt(i)));
            isShaped = digit >= 0 && value >>> 58 == 0;
            value = value << BITS | digit;
        }
        if (!isShaped || value < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no job id: expected job- and " + DIGIT_COUNT + " digits of Crockford's base 32");
        }
        return new JobId(value);
    }

    /// The log index of the entry that submitted the job.
    public long index() {
        return value >>> 16;
    }

    @Override
    public int compareTo(JobId other) {
        return Long.compare(value, other.value);
    }

    /// Spreads the bits: index and ordinal alone would fill few buckets of a hash table.
    @Override
    public int hashCode() {
        return (int) (value * 0x9E37_79B9_7F4A_7C15L >>> 32);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(PREFIX);
        for (int digit = DIGIT_COUNT - 1; digit >= 0; digit--) {
            text.append(DIGITS.charAt((int) (value >>> digit * BITS) & 31));
        }
        return text.toString();
    }
}
