package io.muster.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing buffer that values are appended to. Not for use by two threads.
public final class BinaryWriter {
    /// No buffer grows past this; the caller splits what is larger.
    public static final int MAX_SIZE = 1 << 28;

    private static final int INITIAL_SIZE = 128;

    private byte[] buffer;
    private int size;

    public BinaryWriter() {
        this(INITIAL_SIZE);
    }

    /// Starts with room for `expectedSize` bytes.
    public BinaryWriter(int expectedSize) {
        buffer = new byte[Math.max(expectedSize, 16)];
    }

    /// Appends the low 8 bits of `value`.
    public BinaryWriter u8(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
        return this;
    }

    /// Appends the low 16 bits of `value`, big-endian.
    public BinaryWriter u16(int value) {
        reserve(2);
        buffer[size++] = (byte) (value >>> 8);
        buffer[size++] = (byte) value;
        return this;
    }

    /// Appends four bytes, big-endian.
    public BinaryWriter i32(int value) {
        reserve(Integer.BYTES);
        putInt(size, value);
        size += Integer.BYTES;
        return this;
    }

    /// Appends eight bytes, big-endian.
    public BinaryWriter i64(long value) {
        reserve(Long.BYTES);
        putInt(size, (int) (value >>> 32));
        putInt(size + Integer.BYTES, (int) value);
        size += Long.BYTES;
        return this;
    }

    /// Appends an unsigned LEB128 varint: seven bits a byte, low bits first; one byte below 128, at
    /// most ten.
    public BinaryWriter varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
        return this;
    }

    /// Appends one byte, 1 for true and 0 for false.
    public BinaryWriter flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    /// Appends `bytes` as they are, without a length.
    public BinaryWriter raw(byte[] bytes) {
        return raw(bytes, 0, bytes.length);
    }

    /// Appends `length` bytes from `offset` as they are, without a length.
    public BinaryWriter raw(byte[] bytes, int offset, int length) {
        reserve(length);
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
        return this;
    }

    /// Appends the length as a varint, then the bytes.
    public BinaryWriter blob(byte[] bytes) {
        return varint(bytes.length).raw(bytes);
    }

    /// Appends the length as a varint, then the bytes.
    public BinaryWriter blob(Bytes bytes) {
        return blob(bytes.array());
    }

    /// Appends UTF-8 text with its length in bytes in front.
    public BinaryWriter text(String text) {
        return blob(text.getBytes(StandardCharsets.UTF_8));
    }

    /// How many bytes were appended so far.
    public int size() {
        return size;
    }

    /// The CRC-32C of everything appended since `from`.
    public int checksumFrom(int from) {
        return Checksum.of(buffer, from, size - from);
    }

    /// Writes four bytes over what stands at `position`; for a length or checksum known only at the
    /// end.
    public void overwriteI32(int position, int value) {
        Invariant.check(position >= 0 && position + Integer.BYTES <= size, "overwrite past the end");
        putInt(position, value);
    }

    /// Forgets everything but keeps the buffer for reuse.
    public void clear() {
        size = 0;
    }

    /// Forgets everything behind the first `length` bytes.
    public void truncate(int length) {
        Invariant.check(length >= 0 && length <= size, "nothing is there to forget");
        size = length;
    }

    /// A copy of what was appended.
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    private void putInt(int at, int value) {
        buffer[at] = (byte) (value >>> 24);
        buffer[at + 1] = (byte) (value >>> 16);
        buffer[at + 2] = (byte) (value >>> 8);
        buffer[at + 3] = (byte) value;
    }

    private void reserve(int more) {
        if (buffer.length - size >= more) {
            return;
        }
        long wanted = (long) size + more;
        if (wanted > MAX_SIZE) {
            throw new IllegalStateException("cannot grow a buffer to " + wanted + " bytes: the limit is " + MAX_SIZE);
        }
        buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_SIZE, Math.max(wanted, buffer.length * 2L)));
    }
}
