package io.muster.raft;

/// A small generator of numbers that look random (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number
/// Generators", 2014): the same seed gives the same numbers on every platform and in every version.
final class SplitMix64 {
    private long state;

    SplitMix64(long seed) {
        state = seed;
    }

    long next() {
        state += 0x9E37_79B9_7F4A_7C15L;
        long mixed = state;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }

    /// A number from 0 to `bound - 1`; the bias of the remainder is far below what a timeout could show.
    int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }
}
