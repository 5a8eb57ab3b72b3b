package io.muster.raftruntime;

import java.time.Instant;

/// The clocks of this machine.
public final class SystemClocks implements Clocks {
    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long wallMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
