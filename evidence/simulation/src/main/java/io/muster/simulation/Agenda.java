package io.muster.simulation;

import java.util.PriorityQueue;

/// Everything that is still going to happen, in the order of simulated time; what falls on the same instant happens in
/// the order in which it was planned. Time stands still while something happens.
final class Agenda {
    private final PriorityQueue<Planned> planned = new PriorityQueue<>();
    private long nowNanos;
    private long count;

    /// Simulated time since the beginning, in nanoseconds.
    long nowNanos() {
        return nowNanos;
    }

    /// Plans `act` to happen `nanos` from now.
    void in(long nanos, Runnable act) {
        planned.add(new Planned(nowNanos + Math.max(0, nanos), count++, act));
    }

    /// Lets the next thing happen; there always is one while a node lives.
    void next() {
        Planned next = planned.remove();
        nowNanos = next.atNanos;
        next.act.run();
    }

    private record Planned(long atNanos, long order, Runnable act) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
