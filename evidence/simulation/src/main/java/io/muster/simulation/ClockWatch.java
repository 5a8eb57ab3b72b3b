package io.muster.simulation;

import io.muster.log.CommittedBatch;
import io.muster.log.LogTime;
import io.muster.raft.Batch;
import io.muster.raft.BatchKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Follows log time as the leader of each term stamps it, in the moment in which it gives a batch to its disk.
///
/// Its date is never still, never back, never slower than half of true time, and never far ahead of what
/// the wall clocks of a majority have shown. Its elapsed time goes as fast as true time.
final class ClockWatch {
    /// Clocks run up to 200 in a million slower than true time; each stamp is rounded down.
    private static final double SLOWEST = 0.4995;

    private static final long ROUNDING_MICROS = 2;

    /// How much faster or slower than true time a monotonic clock runs at most, and a little more.
    static final double DRIFT = 0.0003;

    /// Clocks that are set by seconds may be measured at different moments; a wrong one is off by an hour at least.
    private static final long AHEAD_MICROS = 60_000_000;

    private final Agenda agenda;
    private final Oracle oracle;
    private final Map<Long, Stamped> lastByTerm = new HashMap<>();
    private final Map<Place, Long> stampedAtNanos = new HashMap<>();

    private List<SimClocks> clocks = List.of();
    private long agreedMicros;

    private record Stamped(long index, LogTime time, long atNanos) {}

    private record Place(long term, long index) {}

    ClockWatch(Agenda agenda, Oracle oracle) {
        this.agenda = agenda;
        this.oracle = oracle;
    }

    /// The clocks of all voters.
    void watch(List<SimClocks> all) {
        clocks = List.copyOf(all);
        look();
    }

    /// Looks at what the voters' wall clocks show, as whenever one of them was set.
    void look() {
        var shown = clocks.stream().map(SimClocks::wallMicros).sorted().toList();
        if (!shown.isEmpty()) {
            agreedMicros = Math.max(agreedMicros, shown.get((shown.size() - 1) / 2));
        }
    }

    /// When the leader stamped a batch that is committed.
    long stampedAtNanos(CommittedBatch batch) {
        return stampedAtNanos.getOrDefault(new Place(batch.term(), batch.firstIndex()), agenda.nowNanos());
    }

    /// `batch` is given to a disk. Only the first time it is its leader that does so.
    void written(Batch batch) {
        stampedAtNanos.putIfAbsent(new Place(batch.term(), batch.firstIndex()), agenda.nowNanos());
        if (batch.kind() != BatchKind.COMMANDS) {
            return;
        }
        look();
        boolean isAhead = clocks.size() > 2 && batch.time().micros() > agreedMicros + AHEAD_MICROS;
        if (isAhead) {
            throw oracle.violation("log time is " + (batch.time().micros() - agreedMicros) / 1_000_000 + " s ahead at "
                    + batch.firstIndex() + " of what a majority's clocks have ever shown");
        }
        long now = agenda.nowNanos();
        var last = lastByTerm.get(batch.term());
        if (last != null && batch.firstIndex() <= last.index()) {
            return;
        }
        lastByTerm.put(batch.term(), new Stamped(batch.lastIndex(), batch.time(), now));
        if (last == null) {
            return;
        }
        long passed = batch.time().micros() - last.time().micros();
        long elapsed = (now - last.atNanos()) / 1_000;
        long counted = batch.time().elapsedMicros() - last.time().elapsedMicros();
        if (Math.abs(counted - elapsed) > elapsed * DRIFT + ROUNDING_MICROS) {
            throw oracle.violation("elapsed time goes on by " + counted + " us at " + batch.firstIndex() + " while "
                    + elapsed + " us pass");
        }
        if (passed <= 0 || passed < elapsed * SLOWEST - ROUNDING_MICROS) {
            throw oracle.violation("log time goes on by " + passed + " us at " + batch.firstIndex() + " while "
                    + elapsed + " us pass");
        }
    }
}
