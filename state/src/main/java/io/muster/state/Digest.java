package io.muster.state;

import io.muster.encoding.Bytes;

/// A running 64-bit digest of everything that happened: every command in its place and every transition it caused.
///
/// Nodes whose digests agree at an index have, but for a chance of 2⁻⁶⁴, made the same transitions up to there. It is
/// not a cryptographic hash: it finds faults, not attacks. The mixing step is the finaliser of SplitMix64.
final class Digest {
    private long value;

    Digest(long value) {
        this.value = value;
    }

    Digest add(long part) {
        long mixed = (value ^ part) + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        value = mixed ^ (mixed >>> 31);
        return this;
    }

    Digest add(String text) {
        return add(text.hashCode());
    }

    Digest add(Bytes bytes) {
        return add(bytes.hashCode());
    }

    long value() {
        return value;
    }
}
