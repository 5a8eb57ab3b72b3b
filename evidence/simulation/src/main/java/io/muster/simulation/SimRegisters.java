package io.muster.simulation;

import io.muster.encoding.Bytes;
import io.muster.log.Asker;
import io.muster.log.Engine;
import io.muster.log.Envelope;
import io.muster.log.Outcome;
import io.muster.values.ValueCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Clients that write and read a few keys at any node, many at a time, and remember what they saw and when.
///
/// A write whose fate is not known is not tried again: it stays open, and may take effect at any later time.
final class SimRegisters {
    private final SimNode.Parts parts;
    private final Chance chance;
    private final List<SimNode> nodes;
    private final Pace pace;
    private final TreeMap<String, Map<Long, Operation>> histories = new TreeMap<>();
    private final List<String> keys = new ArrayList<>();
    private long operations;
    private boolean isOver;

    /// How often clients ask, in microseconds between one question and the next.
    record Pace(int leastReadMicros, int mostReadMicros, int leastWriteMicros, int mostWriteMicros) {
        /// So dense that something is asked in every moment of an election.
        static final Pace DENSE = new Pace(500, 4_000, 2_000, 20_000);

        /// So sparse that logs stand still in between.
        static final Pace SPARSE = new Pace(10_000, 150_000, 10_000, 200_000);
    }

    SimRegisters(SimNode.Parts parts, Chance chance, List<SimNode> nodes, Pace pace) {
        this.parts = parts;
        this.chance = chance;
        this.nodes = nodes;
        this.pace = pace;
        for (int i = chance.between(1, 4); i > 0; i--) {
            keys.add("key-" + i);
            histories.put("key-" + i, new LinkedHashMap<>());
        }
    }

    void start() {
        writeSoon();
        readSoon();
    }

    /// Writes nothing more; reads go on.
    void finish() {
        isOver = true;
    }

    /// Objects where what was seen of a key has no order.
    void check() {
        histories.forEach((key, history) -> Linearizability.explainViolation(List.copyOf(history.values()))
                .ifPresent(why -> {
                    throw parts.oracle().violation("what was seen of " + key + " is not linearizable: " + why);
                }));
    }

    private void writeSoon() {
        parts.agenda().in(chance.nanos(pace.leastWriteMicros(), pace.mostWriteMicros()), () -> {
            if (!isOver) {
                write();
                writeSoon();
            }
        });
    }

    private void write() {
        var node = chance.pick(nodes);
        if (!node.isUp()) {
            return;
        }
        String key = chance.pick(keys);
        long number = ++operations;
        String value = "w" + number;
        var history = historyOf(key);
        long called = parts.agenda().nowNanos();
        history.put(number, Operation.write(value, called, Operation.OPEN));
        var command = new ValueCommand.Set(key, Bytes.utf8(value));
        var envelope = Envelope.of(command, Asker.named("client"));
        node.propose(new SimNode.Ask(Bytes.wrap(envelope.encode()), outcome -> {
            switch (outcome) {
                case Outcome.Applied _ ->
                    history.put(
                            number,
                            Operation.write(value, called, parts.agenda().nowNanos()));
                case Outcome.NotLeader _, Outcome.Overloaded _ -> history.remove(number);
                case Outcome.Unknown _ -> {}
            }
        }));
    }

    private void readSoon() {
        int slower = isOver ? 10 : 1;
        parts.agenda().in(chance.nanos(pace.leastReadMicros(), pace.mostReadMicros()) * slower, () -> {
            read();
            readSoon();
        });
    }

    private void read() {
        var node = chance.pick(nodes);
        if (!node.isUp()) {
            return;
        }
        String key = chance.pick(keys);
        long life = node.life();
        long called = parts.agenda().nowNanos();
        node.readBarrier(barrier -> {
            if (barrier instanceof Engine.Barrier.At(var index)) {
                node.whenApplied(life, index, () -> seen(node, key, called));
            }
        });
    }

    private void seen(SimNode node, String key, long called) {
        String value = node.state()
                .values()
                .find(key)
                .map(stored -> stored.json().text())
                .orElse("");
        historyOf(key)
                .put(++operations, Operation.read(value, called, parts.agenda().nowNanos()));
    }

    private Map<Long, Operation> historyOf(String key) {
        return Objects.requireNonNull(histories.get(key), "every key has a history");
    }
}
