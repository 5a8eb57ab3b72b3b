package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;
import io.muster.log.Envelope;
import io.muster.log.Reply;
import io.muster.log.ReplyCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The stored form of a [JobReply].
final class JobReplyCodec implements ReplyCodec {
    private static final int MAX_WORDS = 256;

    /// No reply says something of more jobs than a command has bytes.
    private static final int MAX_ITEMS = Envelope.MAX_BODY_BYTES;

    private static final int SUBMITTED = 1;
    private static final int KEY_CONFLICT = 2;
    private static final int FULL = 3;
    private static final int CHANGED = 4;
    private static final int SWEPT = 5;
    private static final int REPORTED = 6;
    private static final int DONE = 7;
    private static final int NOT_JOINED = 8;
    private static final int SUPERSEDED = 9;

    private static final EnumCodec<JobReply.ChangeResult> RESULTS = EnumCodec.of(
            JobReply.ChangeResult.DONE,
            JobReply.ChangeResult.NOT_IN_LEDGER,
            JobReply.ChangeResult.WRONG_STATE,
            JobReply.ChangeResult.KEY_TAKEN,
            JobReply.ChangeResult.NO_ROOM,
            JobReply.ChangeResult.GIVEN_UP);
    private static final EnumCodec<JobReply.ResultVerdict> VERDICTS = EnumCodec.of(
            JobReply.ResultVerdict.COUNTED, JobReply.ResultVerdict.COUNTED_BEFORE, JobReply.ResultVerdict.TOO_LATE);
    private static final EnumCodec<JobReply.Deduplication> DEDUPLICATIONS =
            EnumCodec.of(JobReply.Deduplication.NEW, JobReply.Deduplication.ALREADY_LIVE);

    @Override
    public void write(BinaryWriter writer, Reply reply) {
        switch ((JobReply) reply) {
            case JobReply.Submitted(var receipts) -> {
                writer.u8(SUBMITTED).varint(receipts.size());
                receipts.forEach(
                        receipt -> DEDUPLICATIONS.write(writer.i64(receipt.job().value()), receipt.deduplication()));
            }
            case JobReply.KeyConflict(var key) -> writer.u8(KEY_CONFLICT).text(key);
            case JobReply.Full(var what, var limit, var retryAfterMillis) ->
                writer.u8(FULL).text(what).varint(limit).varint(retryAfterMillis);
            case JobReply.Changed(var changes) -> {
                writer.u8(CHANGED).varint(changes.size());
                changes.forEach(change -> RESULTS.write(writer, change));
            }
            case JobReply.Swept swept -> writeSwept(writer.u8(SWEPT), swept);
            case JobReply.Reported(var verdicts) -> {
                writer.u8(REPORTED).varint(verdicts.size());
                verdicts.forEach(verdict -> VERDICTS.write(writer, verdict));
            }
            case JobReply.Done() -> writer.u8(DONE);
            case JobReply.NotJoined() -> writer.u8(NOT_JOINED);
            case JobReply.Superseded() -> writer.u8(SUPERSEDED);
        }
    }

    @Override
    public JobReply read(BinaryReader reader) {
        int number = reader.u8();
        return switch (number) {
            case SUBMITTED -> new JobReply.Submitted(list(reader, JobReplyCodec::readReceipt));
            case KEY_CONFLICT -> new JobReply.KeyConflict(reader.text(Envelope.MAX_NAME_BYTES));
            case FULL -> new JobReply.Full(reader.text(MAX_WORDS), reader.varint(), reader.varint());
            case CHANGED -> new JobReply.Changed(list(reader, RESULTS::read));
            case SWEPT -> readSwept(reader);
            case REPORTED -> new JobReply.Reported(list(reader, VERDICTS::read));
            case DONE -> new JobReply.Done();
            case NOT_JOINED -> new JobReply.NotJoined();
            case SUPERSEDED -> new JobReply.Superseded();
            default -> throw new MalformedException("no reply about jobs has the number " + number);
        };
    }

    private static void writeSwept(BinaryWriter writer, JobReply.Swept swept) {
        writer.varint(swept.done()).varint(swept.leftAlone());
        switch (swept.next()) {
            case JobSlice.Next.After(var job) -> writer.flag(true).i64(job.value());
            case JobSlice.Next.End() -> writer.flag(false);
        }
        writer.i64(swept.before().value());
    }

    private static JobReply.Swept readSwept(BinaryReader reader) {
        return new JobReply.Swept(
                reader.count(Integer.MAX_VALUE),
                reader.count(Integer.MAX_VALUE),
                reader.flag() ? new JobSlice.Next.After(WorkCodec.readJob(reader)) : new JobSlice.Next.End(),
                WorkCodec.readJob(reader));
    }

    private static JobReply.Receipt readReceipt(BinaryReader reader) {
        return new JobReply.Receipt(WorkCodec.readJob(reader), DEDUPLICATIONS.read(reader));
    }

    private static <T> List<T> list(BinaryReader reader, Function<BinaryReader, T> item) {
        int count = reader.count(MAX_ITEMS);
        var items = new ArrayList<T>();
        for (int i = 0; i < count; i++) {
            items.add(item.apply(reader));
        }
        return items;
    }
}
