package io.muster.encoding;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads values back in the order they were written, never past the end of its range.
///
/// Every method throws [MalformedException] where the bytes do not have the promised shape; nothing is allocated for
/// a length before that length was checked.
public final class BinaryReader {
    private final byte[] buffer;
    private final int end;
    private int position;

    private BinaryReader(byte[] buffer, int from, int end) {
        this.buffer = buffer;
        this.position = from;
        this.end = end;
    }

    /// Reads from the first byte to the last.
    public static BinaryReader over(byte[] bytes) {
        return new BinaryReader(bytes, 0, bytes.length);
    }

    /// Reads `length` bytes from `offset` and no further.
    public static BinaryReader over(byte[] bytes, int offset, int length) {
        if (offset < 0 || length < 0 || offset > bytes.length - length) {
            throw new MalformedException("no " + length + " bytes at " + offset + " of " + bytes.length);
        }
        return new BinaryReader(bytes, offset, offset + length);
    }

    /// One byte, 0 to 255.
    public int u8() {
        need(1);
        return buffer[position++] & 0xFF;
    }

    /// Two bytes, big-endian, 0 to 65,535.
    public int u16() {
        need(2);
        int value = (buffer[position] & 0xFF) << 8 | (buffer[position + 1] & 0xFF);
        position += 2;
        return value;
    }

    /// Four bytes, big-endian.
    public int i32() {
        need(Integer.BYTES);
        int value = intAt(position);
        position += Integer.BYTES;
        return value;
    }

    /// Eight bytes, big-endian.
    public long i64() {
        need(Long.BYTES);
        long value = (long) intAt(position) << 32 | (intAt(position + Integer.BYTES) & 0xFFFF_FFFFL);
        position += Long.BYTES;
        return value;
    }

    /// An unsigned LEB128 varint of at most ten bytes.
    public long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            if (shift == 63 && next > 1) {
                throw new MalformedException("varint ending at " + position + " has more than 64 bits");
            }
            value |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new MalformedException("varint ending at " + position + " has more than ten bytes");
    }

    /// A varint that counts something there may be at most `most` of.
    public int count(int most) {
        long value = varint();
        if (value < 0 || value > most) {
            throw new MalformedException(
                    "a count of " + Long.toUnsignedString(value) + " at " + position + " is over its limit of " + most);
        }
        return (int) value;
    }

    /// One byte that must be 0 or 1.
    public boolean flag() {
        int value = u8();
        if (value > 1) {
            throw new MalformedException("a flag of " + value + " at " + position + " is neither 0 nor 1");
        }
        return value == 1;
    }

    /// A length-prefixed run of at most `mostBytes` bytes, copied out.
    public byte[] blob(int mostBytes) {
        int length = count(mostBytes);
        return raw(length);
    }

    /// A length-prefixed run of at most `mostBytes` bytes.
    public Bytes bytes(int mostBytes) {
        return Bytes.wrap(blob(mostBytes));
    }

    /// Length-prefixed UTF-8 text of at most `mostBytes` bytes; other encodings are refused, not replaced.
    public String text(int mostBytes) {
        int length = count(mostBytes);
        need(length);
        if (isAscii(position, position + length)) {
            position += length;
            return new String(buffer, position - length, length, StandardCharsets.ISO_8859_1);
        }
        try {
            var chars = StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(buffer, position, length));
            position += length;
            return chars.toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("text of " + length + " bytes at " + position + " is not UTF-8");
        }
    }

    /// Most text is plain ASCII, which needs no decoder: measured, that takes a third off a lookup of advisories.
    private boolean isAscii(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /// Exactly `length` bytes, copied out.
    public byte[] raw(int length) {
        need(length);
        byte[] bytes = Arrays.copyOfRange(buffer, position, position + length);
        position += length;
        return bytes;
    }

    /// Steps over `length` bytes.
    public void skip(int length) {
        need(length);
        position += length;
    }

    /// Where the next byte stands in the underlying array.
    public int position() {
        return position;
    }

    /// How many bytes are left to read.
    public int remaining() {
        return end - position;
    }

    /// Checks that everything was read; bytes left over mean that writer and reader disagree.
    public void end() {
        if (position != end) {
            throw new MalformedException((end - position) + " bytes left over at " + position);
        }
    }

    private int intAt(int at) {
        return ((buffer[at] & 0xFF) << 24)
                | ((buffer[at + 1] & 0xFF) << 16)
                | ((buffer[at + 2] & 0xFF) << 8)
                | (buffer[at + 3] & 0xFF);
    }

    private void need(int length) {
        if (length < 0 || length > end - position) {
            throw new MalformedException("wanted " + length + " bytes at " + position + ", have " + (end - position));
        }
    }
}
