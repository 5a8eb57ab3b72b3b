package io.muster.state;

/// Which ledger a kind of envelope belongs to: the high byte says it. A number never changes its meaning.
public final class Kinds {
    /// Kind of a [io.muster.audits.StartAudit].
    public static final int START_AUDIT = 0x0501;

    static final int CLUSTER = 0x01;
    static final int VALUES = 0x02;
    static final int JOBS = 0x03;
    static final int ACCESS = 0x04;
    static final int AUDITS = 0x05;

    private Kinds() {}

    static int family(int kind) {
        return kind >>> 8;
    }
}
