package io.muster.encoding;

/// A 64-bit digest of a sequence of parts: equal ones have equal digests on every machine, others nearly never.
///
/// It is not a cryptographic hash: it finds faults, not attacks. Text and bytes go in by their 32-bit content hash, so
/// one part that differs goes unnoticed with a chance of about 2⁻³². The mixing step is the finaliser of SplitMix64.
public final class Digest {
    private long value;

    /// Begins with nothing.
    public Digest() {
        this(0);
    }

    /// Goes on from a digest that was taken earlier.
    public Digest(long value) {
        this.value = value;
    }

    /// Goes on with one more part; the order counts.
    public Digest add(long part) {
        long mixed = (value ^ part) + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        value = mixed ^ (mixed >>> 31);
        return this;
    }

    /// Goes on with a text.
    public Digest add(String text) {
        return add(text.hashCode());
    }

    /// Goes on with bytes.
    public Digest add(Bytes bytes) {
        return add(bytes.hashCode());
    }

    public long value() {
        return value;
    }
}
