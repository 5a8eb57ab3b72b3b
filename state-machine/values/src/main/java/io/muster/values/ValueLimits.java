package io.muster.values;

import io.muster.encoding.Bytes;
import java.nio.charset.StandardCharsets;

/// Every limit of the value ledger, with its reason.
public final class ValueLimits {
    /// Keys are names, not documents.
    public static final int MAX_KEY_BYTES = 512;

    /// A value is a setting or a small document; files belong elsewhere.
    public static final int MAX_VALUE_BYTES = 1 << 20;

    /// All of it is in the memory of every node.
    public static final int MAX_KEYS = 100_000;

    /// Bytes of all keys and values together, for the same reason.
    public static final long MAX_TOTAL_BYTES = 64L << 20;

    /// The last commands are kept for people to look at: at most this many …
    public static final int MAX_RECENT = 1_000;

    /// … and at most this many bytes of them.
    public static final long MAX_RECENT_BYTES = 4L << 20;

    private ValueLimits() {}

    static void checkKey(String key) {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key of " + bytes + " bytes is out of range: use 1 to " + MAX_KEY_BYTES);
        }
    }

    static void checkSize(String what, Bytes content, int most) {
        if (content.size() > most) {
            throw new IllegalArgumentException(
                    "a " + what + " of " + content.size() + " bytes is over the limit of " + most);
        }
    }
}
