package io.muster.state;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.log.CommandKind;
import io.muster.log.Envelope;
import io.muster.log.FrozenSection;
import io.muster.log.Ledger;
import io.muster.log.LogCommand;
import io.muster.log.OneRecord;
import io.muster.log.ReplyCodec;
import io.muster.log.SectionReader;
import io.muster.log.Stamp;
import java.util.List;

/// A ledger that comes with a later feature level than the cluster has: it counts what it is asked.
final class LaterLedger implements Ledger<LaterLedger.Count> {
    static final int LEVEL = 2;
    static final int NUMBER = 0x7701;

    private int counted;

    /// Counts one more.
    record Count() implements LogCommand {
        @Override
        public CommandKind<Count> kind() {
            return new CommandKind<>(NUMBER, "later.count", 1, LEVEL, (_, _) -> new Count());
        }

        @Override
        public Bytes encode() {
            return Bytes.EMPTY;
        }
    }

    int counted() {
        return counted;
    }

    /// Counts one that nobody asked for.
    void lie() {
        counted++;
    }

    @Override
    public String name() {
        return "later";
    }

    @Override
    public List<CommandKind<Count>> kinds() {
        return List.of(new Count().kind());
    }

    @Override
    public StateReply apply(Stamp stamp, Count command, Envelope envelope) {
        counted++;
        return new StateReply.Done();
    }

    @Override
    public long digest(int level) {
        return counted + 1L;
    }

    @Override
    public ReplyCodec replies() {
        return new StateReplyCodec();
    }

    @Override
    public FrozenSection freeze() {
        return OneRecord.of(1, new BinaryWriter().varint(counted));
    }

    @Override
    public void fill(Iterable<Bytes> chunks) {
        SectionReader.read(name(), 1, chunks, (_, reader) -> counted = reader.count(Integer.MAX_VALUE));
    }
}
