package io.muster.state;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Digest;
import io.muster.encoding.MalformedException;
import io.muster.log.CommandKind;
import io.muster.log.Envelope;
import io.muster.log.FrozenSection;
import io.muster.log.Ledger;
import io.muster.log.OneRecord;
import io.muster.log.ReplyCodec;
import io.muster.log.SectionReader;
import io.muster.log.SectionWriter;
import io.muster.log.Stamp;
import java.util.List;

/// What the cluster has settled about itself: its feature level, and whose state is right.
final class ClusterLedger implements Ledger<ClusterCommand> {
    /// The level of a cluster that has never raised it.
    static final int FIRST_FEATURE_LEVEL = 1;

    /// The history that begins with a cluster's founding.
    private static final long FIRST_LINEAGE = 1;

    private static final int VERSION = 2;

    /// Beside the one record: it is there only where the history is not the first.
    private static final int LINEAGE_PART = 2;

    private final int supportedLevel;
    private final DigestComparison digests = new DigestComparison();
    private int featureLevel = FIRST_FEATURE_LEVEL;
    private long lineage = FIRST_LINEAGE;

    /// @param supportedLevel the highest feature level that this node can follow
    ClusterLedger(int supportedLevel) {
        this.supportedLevel = supportedLevel;
    }

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public List<CommandKind<ClusterCommand>> kinds() {
        return ClusterCommands.KINDS;
    }

    @Override
    public StateReply apply(Stamp stamp, ClusterCommand command, Envelope envelope) {
        switch (command) {
            case ClusterCommand.Tick() -> {}
            case ClusterCommand.CheckDigest check -> digests.compare(check);
            case ClusterCommand.RaiseFeatureLevel(int level) -> raise(level);
        }
        return new StateReply.Done();
    }

    private void raise(int level) {
        if (level > supportedLevel) {
            throw tooHigh(level);
        }
        featureLevel = Math.max(featureLevel, level);
    }

    private StateException tooHigh(int level) {
        return new StateException("the cluster goes on at feature level " + level
                + " and this version of Muster ends at " + supportedLevel + ": upgrade this node");
    }

    /// The highest version of anything that may stand in the log.
    int featureLevel() {
        return featureLevel;
    }

    DigestComparison digests() {
        return digests;
    }

    /// Which history of the log this is.
    long lineage() {
        return lineage;
    }

    /// Goes on as history `number`: what nodes compared in another says nothing of this one.
    void begin(long number) {
        lineage = number;
        digests.forget();
    }

    /// The other ledgers are told the level; what was compared says nothing of the state.
    @Override
    public long digest(int level) {
        return new Digest().add(level).value();
    }

    @Override
    public ReplyCodec replies() {
        return new StateReplyCodec();
    }

    @Override
    public FrozenSection freeze() {
        var writer = new BinaryWriter().u16(featureLevel);
        digests.write(writer);
        var record = OneRecord.of(VERSION, writer);
        long number = lineage;
        return number == FIRST_LINEAGE
                ? record
                : chunks -> new SectionWriter(VERSION, chunks)
                        .single(OneRecord.PART, to -> to.raw(record.record().array()))
                        .single(LINEAGE_PART, to -> to.varint(number))
                        .end();
    }

    @Override
    public void fill(Iterable<Bytes> chunks) {
        SectionReader.read(name(), VERSION, chunks, (part, reader) -> {
            switch (part) {
                case OneRecord.PART -> {
                    featureLevel = reader.u16();
                    digests.fill(reader);
                }
                case LINEAGE_PART -> lineage = reader.varint();
                default -> throw new MalformedException("the cluster has no part " + part);
            }
        });
        if (featureLevel > supportedLevel) {
            throw tooHigh(featureLevel);
        }
    }
}
