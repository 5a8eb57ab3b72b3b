package io.muster.references;

/// Every limit of the objects that the log names, with its reason.
public final class ReferenceLimits {
    /// Each is a record of some hundred bytes in the memory of every node.
    public static final int MAX_OBJECTS = 100_000;

    /// Bytes of all objects: every node keeps each of them.
    public static final long MAX_TOTAL_BYTES = 64L << 30;

    /// Bytes of what one principal has named: no careless worker takes it all.
    public static final long MAX_OWNER_BYTES = 32L << 30;

    /// The end of a job's output, which stays in the memory of every node.
    public static final int MAX_TAIL_BYTES = 64 << 10;

    /// Bytes of all tails together, for that reason; beyond it the oldest outputs are forgotten.
    public static final long MAX_TAILS_BYTES = 64L << 20;

    /// Outputs that are remembered; beyond it the oldest are forgotten.
    public static final int MAX_OUTPUTS = 100_000;

    /// Sets of advisories that are remembered: the current one, and older ones while something asks for them.
    public static final int MAX_SETS = 100;

    /// Why a full text is missing, in a sentence.
    public static final int MAX_REASON_BYTES = 1 << 10;

    /// Names of jobs, workers and owners.
    public static final int MAX_NAME_BYTES = 256;

    /// How long an output is remembered: as long as an outcome record. Elapsed time, as all of these.
    public static final long OUTPUT_LIFE_MICROS = 24L * 3_600 * 1_000_000;

    /// How long an object is remembered that nothing names any more: who has just read its name can still fetch it.
    public static final long GRACE_MICROS = 3_600L * 1_000_000;

    /// How old the proof may be that a majority holds an object. A node keeps an object an hour from its answer on.
    public static final long PROOF_LIFE_MICROS = 600L * 1_000_000;

    private ReferenceLimits() {}
}
