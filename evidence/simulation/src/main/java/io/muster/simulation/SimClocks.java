package io.muster.simulation;

import io.muster.raftruntime.Clocks;

/// A node's clocks: the monotonic one runs a little fast or slow, the wall clock can be set by a fault.
final class SimClocks implements Clocks {
    /// 2026-01-01T00:00Z.
    private static final long EPOCH_MICROS = 1_767_225_600_000_000L;

    private static final long MILLION = 1_000_000;

    private final Agenda agenda;
    private final long driftPerMillion;
    private long wallOffsetMicros;

    /// @param driftPerMillion how much faster than true time this clock runs, in parts per million
    SimClocks(Agenda agenda, long driftPerMillion) {
        this.agenda = agenda;
        this.driftPerMillion = driftPerMillion;
    }

    /// Sets the wall clock ahead or back.
    void jump(long micros) {
        wallOffsetMicros += micros;
    }

    @Override
    public long nanos() {
        long now = agenda.nowNanos();
        return now + now / MILLION * driftPerMillion;
    }

    @Override
    public long wallMicros() {
        return EPOCH_MICROS + agenda.nowNanos() / 1_000 + wallOffsetMicros;
    }
}
