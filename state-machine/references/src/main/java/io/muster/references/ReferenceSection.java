package io.muster.references;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.FrozenSection;
import io.muster.log.SectionReader;
import io.muster.log.SectionWriter;
import java.util.List;
import java.util.function.Consumer;

/// The reference ledger as a section of a snapshot; two ledgers with equal bytes are equal.
///
/// @param objects those that are named, then the others in the order in which they became free
/// @param outputs those of jobs, oldest first
/// @param sets those of advisories, oldest first
/// @param current the digest of the set in use, `""` for none
record ReferenceSection(
        List<NamedObject> objects, List<ReferenceLedger.KeptOutput> outputs, List<PublishedSet> sets, String current)
        implements FrozenSection {
    private static final int VERSION = 1;
    private static final int OBJECTS = 1;
    private static final int OUTPUTS = 2;
    private static final int SETS = 3;
    private static final int CURRENT = 4;

    @Override
    public void write(Consumer<Bytes> chunks) {
        new SectionWriter(VERSION, chunks)
                .part(OBJECTS, objects, ReferenceSection::writeObject)
                .part(OUTPUTS, outputs, ReferenceSection::writeOutput)
                .part(SETS, sets, ReferenceSection::writeSet)
                .single(CURRENT, writer -> writer.text(current))
                .end();
    }

    static void fill(ReferenceLedger ledger, Iterable<Bytes> chunks) {
        SectionReader.read(ledger.name(), VERSION, chunks, (part, reader) -> {
            switch (part) {
                case OBJECTS -> ledger.restore(readObject(reader));
                case OUTPUTS ->
                    ledger.restore(
                            new ReferenceLedger.KeptOutput(ReferenceCommands.readOutput(reader), reader.varint()));
                case SETS ->
                    ledger.restore(new PublishedSet(
                            ReferenceCommands.readSet(reader),
                            reader.varint(),
                            reader.text(ReferenceLimits.MAX_NAME_BYTES)));
                case CURRENT -> ledger.restoreCurrent(reader.text(ReferenceLimits.MAX_NAME_BYTES));
                default -> throw new MalformedException("references have no part " + part);
            }
        });
    }

    private static void writeObject(BinaryWriter writer, NamedObject object) {
        ReferenceCommands.write(writer, object.id());
        writer.text(object.owner()).varint(object.references()).varint(object.freeSinceMicros());
    }

    private static NamedObject readObject(BinaryReader reader) {
        return new NamedObject(
                ReferenceCommands.readId(reader),
                reader.text(ReferenceLimits.MAX_NAME_BYTES),
                reader.count(Integer.MAX_VALUE),
                reader.varint());
    }

    private static void writeOutput(BinaryWriter writer, ReferenceLedger.KeptOutput kept) {
        ReferenceCommands.write(writer, kept.output());
        writer.varint(kept.sinceMicros());
    }

    private static void writeSet(BinaryWriter writer, PublishedSet published) {
        ReferenceCommands.write(writer, published.set());
        writer.varint(published.publishedMicros()).text(published.by());
    }
}
