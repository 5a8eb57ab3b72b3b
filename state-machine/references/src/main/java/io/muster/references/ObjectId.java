package io.muster.references;

import java.util.regex.Pattern;

/// The name of an object: what is in it, and how much.
///
/// @param digest SHA-256 of its bytes, 64 lower-case hexadecimal digits
/// @param bytes how many there are
public record ObjectId(String digest, long bytes) implements Comparable<ObjectId> {
    /// An advisory database of everything has some hundred MiB; what is larger than this takes a node's disk for
    /// itself.
    public static final long MAX_BYTES = 4L << 30;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public ObjectId {
        if (!isDigest(digest)) {
            throw new IllegalArgumentException(
                    "'" + digest + "' is no SHA-256: an object is named by 64 lower-case hexadecimal digits");
        }
        if (bytes < 0 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "an object of " + bytes + " bytes is over the limit of " + MAX_BYTES + " bytes");
        }
    }

    /// Whether `text` can name an object.
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    @Override
    public int compareTo(ObjectId other) {
        int byDigest = digest.compareTo(other.digest);
        return byDigest != 0 ? byDigest : Long.compare(bytes, other.bytes);
    }

    /// The first digits, as a person would say them.
    @Override
    public String toString() {
        return digest.substring(0, 12) + " (" + bytes + " bytes)";
    }
}
