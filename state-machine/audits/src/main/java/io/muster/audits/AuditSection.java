package io.muster.audits;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.SingleChunk;

/// The snapshot section of the audits: every remembered audit with its jobs and conclusions, in a [SingleChunk].
final class AuditSection {
    private static final int VERSION = 2;
    private static final int MAX_NAME_BYTES = 512;
    private static final int MAX_RESULT_BYTES = 1 << 20;

    private AuditSection() {}

    /// Everything `ledger` remembers.
    static Bytes encode(AuditLedger ledger) {
        var writer = SingleChunk.begin(VERSION);
        var audits = ledger.newest(AuditLedger.MAX_AUDITS).reversed();
        writer.varint(audits.size());
        for (Audit audit : audits) {
            writer.varint(audit.id().index())
                    .varint(audit.startedMicros())
                    .blob(audit.request().encode());
            var jobs = audit.candidateByJob();
            writer.varint(jobs.size());
            jobs.forEach((job, candidate) -> writer.text(job).text(candidate));
            writer.varint(audit.conclusions().size());
            for (Conclusion conclusion : audit.conclusions()) {
                encodeEnd(writer, conclusion.end());
            }
            writer.varint(audit.finishedMicros()).flag(audit.isCancelled());
        }
        return SingleChunk.end(writer);
    }

    static void fill(AuditLedger ledger, Iterable<Bytes> chunks) {
        var reader = SingleChunk.open(ledger.name(), VERSION, chunks);
        int count = reader.count(AuditLedger.MAX_AUDITS);
        for (int i = 0; i < count; i++) {
            decodeAudit(reader, ledger);
        }
        reader.end();
    }

    private static void decodeAudit(BinaryReader reader, AuditLedger ledger) {
        var id = new AuditId(reader.varint());
        long startedMicros = reader.varint();
        var stored = BinaryReader.over(reader.bytes(1 << 26).array());
        var request = StartAudit.read(stored);
        stored.end();
        var audit = new Audit(id, request, startedMicros);
        ledger.remember(audit);
        int jobs = reader.count(StartAudit.MAX_CANDIDATES);
        for (int j = 0; j < jobs; j++) {
            ledger.await(id, reader.text(MAX_NAME_BYTES), reader.text(MAX_NAME_BYTES));
        }
        int conclusions = reader.count(StartAudit.MAX_CANDIDATES);
        for (int c = 0; c < conclusions; c++) {
            ledger.recall(audit, decodeEnd(reader));
        }
        audit.finishedAt(reader.varint());
        if (reader.flag()) {
            ledger.recallCancel(audit, audit.finishedMicros());
        }
    }

    private static void encodeEnd(BinaryWriter writer, JobEnd end) {
        writer.text(end.job())
                .u8(end.completion() == JobEnd.Completion.CONCLUDED ? 1 : 2)
                .text(end.worker())
                .varint(end.attempt())
                .blob(end.result());
    }

    private static JobEnd decodeEnd(BinaryReader reader) {
        String job = reader.text(MAX_NAME_BYTES);
        int verdict = reader.u8();
        if (verdict != 1 && verdict != 2) {
            throw new MalformedException("verdict " + verdict + " of " + job + " is not known here");
        }
        return new JobEnd(
                job,
                verdict == 1 ? JobEnd.Completion.CONCLUDED : JobEnd.Completion.FAILED,
                reader.text(MAX_NAME_BYTES),
                reader.count(Integer.MAX_VALUE),
                reader.bytes(MAX_RESULT_BYTES));
    }
}
