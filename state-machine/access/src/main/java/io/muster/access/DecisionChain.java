package io.muster.access;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Sha256;
import io.muster.log.Stamp;
import java.util.ArrayDeque;
import java.util.List;

/// The last decisions, chained by hashes. Older ones give way; the chain still goes through them, since the first kept
/// link carries on from [#before].
final class DecisionChain {
    static final Bytes GENESIS = Bytes.wrap(new byte[AccessLimits.HASH_BYTES]);

    private final ArrayDeque<Decision> links = new ArrayDeque<>();
    private Bytes before;
    private long next;

    DecisionChain() {
        this(GENESIS, 1);
    }

    DecisionChain(Bytes before, long next) {
        this.before = before;
        this.next = next;
    }

    void add(Stamp stamp, Act act) {
        append(link(last(), next, stamp.index(), stamp.micros(), act));
    }

    /// Takes over a link as it was stored.
    void append(Decision link) {
        links.addLast(link);
        next = link.number() + 1;
        if (links.size() > AccessLimits.MAX_DECISIONS) {
            before = links.removeFirst().hash();
        }
    }

    /// The hash that the next link carries on from.
    Bytes last() {
        return links.isEmpty() ? before : links.getLast().hash();
    }

    /// The hash that the first kept link carries on from.
    Bytes before() {
        return before;
    }

    long next() {
        return next;
    }

    /// Oldest first.
    List<Decision> all() {
        return List.copyOf(links);
    }

    /// The link that carries on from the hash `last`.
    static Decision link(Bytes last, long number, long index, long micros, Act act) {
        var writer = new BinaryWriter()
                .raw(last.array())
                .varint(number)
                .varint(index)
                .varint(micros);
        AccessCommands.writeAct(writer, act);
        return new Decision(number, index, micros, act, Sha256.of(Bytes.wrap(writer.toBytes())));
    }
}
