package io.muster.state;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.Envelope;
import io.muster.log.FrozenSection;
import io.muster.log.SectionReader;
import io.muster.log.SectionWriter;
import java.util.List;
import java.util.function.Consumer;

/// The answers under idempotency keys as a section of a snapshot: the fingerprint of all that was ever
/// remembered, and each answer as its ledger stores it.
///
/// @param kinds which ledger's reply an answer is
/// @param history the fingerprint
/// @param answers those that are remembered, the oldest first
record RepetitionSection(Kinds kinds, long history, List<Repetitions.Answer> answers) implements FrozenSection {
    static final String NAME = "repetitions";

    private static final int VERSION = 1;
    private static final int HISTORY = 1;
    private static final int ANSWERS = 2;
    private static final int DIGEST_BYTES = 32;

    @Override
    public void write(Consumer<Bytes> chunks) {
        new SectionWriter(VERSION, chunks)
                .single(HISTORY, writer -> writer.i64(history))
                .part(ANSWERS, answers, this::writeAnswer)
                .end();
    }

    static void fill(Repetitions repetitions, Kinds kinds, Iterable<Bytes> chunks) {
        SectionReader.read(NAME, VERSION, chunks, (part, reader) -> {
            switch (part) {
                case HISTORY -> repetitions.restore(reader.i64());
                case ANSWERS -> repetitions.restore(readAnswer(kinds, reader));
                default -> throw new MalformedException("repetitions have no part " + part);
            }
        });
    }

    private void writeAnswer(BinaryWriter writer, Repetitions.Answer answer) {
        writer.text(answer.name().principal())
                .text(answer.name().key())
                .u16(answer.kind())
                .raw(answer.digest().array())
                .varint(answer.sinceElapsedMicros());
        known(kinds, answer.kind()).ledger().replies().write(writer, answer.reply());
    }

    private static Repetitions.Answer readAnswer(Kinds kinds, BinaryReader reader) {
        var name = new Repetitions.Name(reader.text(Envelope.MAX_NAME_BYTES), reader.text(Envelope.MAX_NAME_BYTES));
        int kind = reader.u16();
        return new Repetitions.Answer(
                name,
                kind,
                Bytes.wrap(reader.raw(DIGEST_BYTES)),
                reader.varint(),
                known(kinds, kind).ledger().replies().read(reader));
    }

    private static Kinds.Known<?> known(Kinds kinds, int kind) {
        var known = kinds.find(kind);
        if (known == null) {
            throw new MalformedException("commands of kind 0x" + Integer.toHexString(kind) + " are not known here");
        }
        return known;
    }
}
