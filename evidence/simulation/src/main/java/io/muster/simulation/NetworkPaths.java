package io.muster.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What single paths of the network suffer. A fault mends what it broke itself and nothing else, so that several may
/// lie on one path at once and end one by one.
final class NetworkPaths {
    private final Agenda agenda;
    private final Map<Path, Integer> cuts = new HashMap<>();
    private final Map<Path, Integer> slowestMicros = new HashMap<>();
    private final Map<Path, Long> heldUntilNanos = new HashMap<>();
    private long healings;

    NetworkPaths(Agenda agenda) {
        this.agenda = agenda;
    }

    private record Path(String from, String to) {}

    /// Cuts one direction; what is returned mends this cut.
    Runnable cut(String from, String to) {
        var path = new Path(from, to);
        cuts.merge(path, 1, Integer::sum);
        long broken = healings;
        return () -> {
            if (broken == healings) {
                cuts.merge(path, -1, (count, less) -> count + less == 0 ? null : count + less);
            }
        };
    }

    /// Cuts one party off from others, both ways; what is returned mends it.
    Runnable isolate(String one, List<String> others) {
        var mendings = new ArrayList<Runnable>();
        for (String other : others) {
            mendings.add(cut(one, other));
            mendings.add(cut(other, one));
        }
        return () -> mendings.forEach(Runnable::run);
    }

    /// Lets each message of one direction take up to `micros`, however they were sent one after another.
    void slow(String from, String to, int micros) {
        slowestMicros.put(new Path(from, to), micros);
    }

    /// What was slow is as fast as the rest.
    void quicken(String from, String to) {
        slowestMicros.remove(new Path(from, to));
    }

    /// Keeps what is sent in one direction, and delivers all of it in order `nanos` from now.
    void hold(String from, String to, long nanos) {
        heldUntilNanos.put(new Path(from, to), agenda.nowNanos() + nanos);
    }

    /// What is sent from now on is not held; what is held already stays so.
    void release(String from, String to) {
        heldUntilNanos.remove(new Path(from, to));
    }

    boolean isCut(String from, String to) {
        return cuts.containsKey(new Path(from, to));
    }

    /// Whether nothing is wrong with any path.
    boolean isWhole() {
        return cuts.isEmpty() && slowestMicros.isEmpty();
    }

    void heal() {
        healings++;
        cuts.clear();
        slowestMicros.clear();
        heldUntilNanos.clear();
    }

    /// How long a message takes that would take `usual` nanoseconds on a sound path.
    long nanos(String from, String to, long usual, Chance chance) {
        var path = new Path(from, to);
        int slowest = slowestMicros.getOrDefault(path, 0);
        long takes = slowest == 0 ? usual : chance.nanos(50, slowest);
        long held = heldUntilNanos.getOrDefault(path, 0L) - agenda.nowNanos();
        return held > 0 ? held : takes;
    }
}
