package io.muster.simulation;

import io.muster.consensus.Batch;
import io.muster.consensus.Kind;
import java.util.HashMap;
import java.util.Map;

/// Follows log time as the leader of each term stamps it, in the moment in which it gives a batch to its disk: it is
/// never still, never back, and never slower than half of true time.
final class ClockWatch {
    /// Clocks run up to 200 in a million slower than true time; each stamp is rounded down.
    private static final double SLOWEST = 0.4995;

    private static final long ROUNDING_MICROS = 2;

    private final Agenda agenda;
    private final Oracle oracle;
    private final Map<Long, Stamped> lastByTerm = new HashMap<>();

    private record Stamped(long index, long micros, long atNanos) {}

    ClockWatch(Agenda agenda, Oracle oracle) {
        this.agenda = agenda;
        this.oracle = oracle;
    }

    /// `batch` is given to a disk. Only the first time it is its leader that does so.
    void written(Batch batch) {
        if (batch.kind() != Kind.COMMANDS) {
            return;
        }
        long now = agenda.nowNanos();
        var last = lastByTerm.get(batch.term());
        if (last != null && batch.firstIndex() <= last.index()) {
            return;
        }
        lastByTerm.put(batch.term(), new Stamped(batch.lastIndex(), batch.micros(), now));
        if (last == null) {
            return;
        }
        long passed = batch.micros() - last.micros();
        long elapsed = (now - last.atNanos()) / 1_000;
        if (passed <= 0 || passed < elapsed * SLOWEST - ROUNDING_MICROS) {
            throw oracle.violation("log time goes on by " + passed + " us at " + batch.firstIndex() + " while "
                    + elapsed + " us pass");
        }
    }
}
