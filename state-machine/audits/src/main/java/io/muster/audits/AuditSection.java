package io.muster.audits;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.Envelope;
import io.muster.log.FrozenSection;
import io.muster.log.SectionReader;
import io.muster.log.SectionWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The audits as a section of a snapshot: first how each began, then the jobs of all, then what those
/// concluded, then which audits have ended.
final class AuditSection implements FrozenSection {
    private static final int VERSION = 3;
    private static final int BEGINNINGS = 1;
    private static final int JOBS = 2;
    private static final int CONCLUSIONS = 3;
    private static final int ENDS = 4;

    private static final int CONCLUDED = 1;
    private static final int FAILED = 2;

    private static final int MAX_NAME_BYTES = 512;
    private static final int MAX_RESULT_BYTES = 1 << 20;

    private final List<Frozen> audits;

    private AuditSection(List<Frozen> audits) {
        this.audits = audits;
    }

    /// An audit as it is now. Its request and its jobs are set when it starts and never change.
    private record Frozen(Audit audit, List<Conclusion> conclusions, long finishedMicros, boolean isCancelled) {
        static Frozen of(Audit audit) {
            return new Frozen(audit, audit.conclusions(), audit.finishedMicros(), audit.isCancelled());
        }
    }

    /// Everything `ledger` remembers, the oldest audit first.
    static AuditSection of(AuditLedger ledger) {
        var audits = new ArrayList<Frozen>();
        for (Audit audit : ledger.newest(AuditLedger.MAX_AUDITS).reversed()) {
            audits.add(Frozen.of(audit));
        }
        return new AuditSection(audits);
    }

    @Override
    public void write(Consumer<Bytes> chunks) {
        var section = new SectionWriter(VERSION, chunks);
        section.part(BEGINNINGS, audits, AuditSection::writeBeginning);
        section.part(JOBS, () -> audits.stream().flatMap(AuditSection::jobs).iterator(), AuditSection::writeJob);
        section.part(
                CONCLUSIONS,
                () -> audits.stream().flatMap(AuditSection::ends).iterator(),
                AuditSection::writeConclusion);
        section.part(ENDS, audits, AuditSection::writeEnd);
        section.end();
    }

    static void fill(AuditLedger ledger, Iterable<Bytes> chunks) {
        SectionReader.read(ledger.name(), VERSION, chunks, (part, reader) -> {
            var id = new AuditId(reader.varint());
            switch (part) {
                case BEGINNINGS -> ledger.remember(readBeginning(id, reader));
                case JOBS -> ledger.await(id, reader.text(MAX_NAME_BYTES), reader.text(MAX_NAME_BYTES));
                case CONCLUSIONS -> ledger.recall(audit(ledger, id), readConclusion(reader));
                case ENDS -> readEnd(ledger, audit(ledger, id), reader);
                default -> throw new MalformedException("audits have no part " + part);
            }
        });
    }

    private static void writeBeginning(BinaryWriter writer, Frozen frozen) {
        Audit audit = frozen.audit();
        writer.varint(audit.id().index())
                .varint(audit.startedMicros())
                .blob(audit.request().encode());
    }

    private static Audit readBeginning(AuditId id, BinaryReader reader) {
        long startedMicros = reader.varint();
        var stored = BinaryReader.over(reader.bytes(Envelope.MAX_BODY_BYTES).array());
        var request = StartAudit.read(stored);
        stored.end();
        return new Audit(id, request, startedMicros);
    }

    /// The package that a job of an audit stands for.
    private record Awaited(AuditId audit, String job, String candidate) {}

    private static Stream<Awaited> jobs(Frozen frozen) {
        AuditId id = frozen.audit().id();
        return frozen.audit().candidateByJob().entrySet().stream()
                .map(each -> new Awaited(id, each.getKey(), each.getValue()));
    }

    private static void writeJob(BinaryWriter writer, Awaited awaited) {
        writer.varint(awaited.audit().index()).text(awaited.job()).text(awaited.candidate());
    }

    /// What an audit was told of one of its jobs.
    private record Told(AuditId audit, JobEnd end) {}

    private static Stream<Told> ends(Frozen frozen) {
        return frozen.conclusions().stream().map(each -> new Told(frozen.audit().id(), each.end()));
    }

    private static void writeConclusion(BinaryWriter writer, Told told) {
        JobEnd end = told.end();
        writer.varint(told.audit().index())
                .text(end.job())
                .u8(end.completion() == JobEnd.Completion.CONCLUDED ? CONCLUDED : FAILED)
                .text(end.worker())
                .varint(end.attempt())
                .blob(end.result());
    }

    private static JobEnd readConclusion(BinaryReader reader) {
        String job = reader.text(MAX_NAME_BYTES);
        int verdict = reader.u8();
        if (verdict != CONCLUDED && verdict != FAILED) {
            throw new MalformedException("verdict " + verdict + " of " + job + " is not known here");
        }
        return new JobEnd(
                job,
                verdict == CONCLUDED ? JobEnd.Completion.CONCLUDED : JobEnd.Completion.FAILED,
                reader.text(MAX_NAME_BYTES),
                reader.count(Integer.MAX_VALUE),
                reader.bytes(MAX_RESULT_BYTES));
    }

    private static void writeEnd(BinaryWriter writer, Frozen frozen) {
        writer.varint(frozen.audit().id().index())
                .varint(frozen.finishedMicros())
                .flag(frozen.isCancelled());
    }

    private static void readEnd(AuditLedger ledger, Audit audit, BinaryReader reader) {
        audit.finishedAt(reader.varint());
        if (reader.flag()) {
            ledger.recallCancel(audit, audit.finishedMicros());
        }
    }

    private static Audit audit(AuditLedger ledger, AuditId id) {
        return ledger.find(id).orElseThrow(() -> new MalformedException(id + " has not begun"));
    }
}
