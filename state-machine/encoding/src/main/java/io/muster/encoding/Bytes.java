package io.muster.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An opaque run of bytes that compares by content and can be a component of a record.
///
/// The array is handed over, not copied: the wrapping caller must not write to it afterwards. That is what lets a
/// payload travel from the socket to the log to a worker without being copied once.
public final class Bytes {
    /// No bytes at all.
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /// Takes ownership of `array`.
    public static Bytes wrap(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array);
    }

    /// The UTF-8 bytes of `text`.
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The wrapped array itself; read it, never write it.
    public byte[] array() {
        return array;
    }

    /// How many bytes there are.
    public int size() {
        return array.length;
    }

    public boolean isEmpty() {
        return array.length == 0;
    }

    /// The bytes read as UTF-8 text.
    public String text() {
        return new String(array, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return "Bytes[" + array.length + "]";
    }
}
