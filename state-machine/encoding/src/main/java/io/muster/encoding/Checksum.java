package io.muster.encoding;

import java.util.zip.CRC32C;

/// CRC-32C (Castagnoli, RFC 3720 §12.1) over byte ranges; the processor computes it at several gigabytes a second.
public final class Checksum {
    private Checksum() {}

    /// The CRC-32C of all of `bytes`.
    public static int of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /// The CRC-32C of `length` bytes from `offset`.
    public static int of(byte[] bytes, int offset, int length) {
        var crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
