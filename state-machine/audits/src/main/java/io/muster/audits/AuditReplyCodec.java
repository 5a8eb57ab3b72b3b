package io.muster.audits;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;
import io.muster.log.Reply;
import io.muster.log.ReplyCodec;

/// The stored form of an [AuditReply].
final class AuditReplyCodec implements ReplyCodec {
    private static final int MAX_WORDS = 1 << 10;

    private static final int STARTED = 1;
    private static final int FULL = 2;
    private static final int CANCELLED = 3;
    private static final int NOT_RUNNING = 4;

    @Override
    public void write(BinaryWriter writer, Reply reply) {
        switch ((AuditReply) reply) {
            case AuditReply.Started(var id, var chosen, var alreadyQueued) ->
                writer.u8(STARTED).varint(id.index()).varint(chosen).varint(alreadyQueued);
            case AuditReply.Full(var reason, var retryMillis) ->
                writer.u8(FULL).text(reason).varint(retryMillis);
            case AuditReply.Cancelled(var id, var jobs) ->
                writer.u8(CANCELLED).varint(id.index()).varint(jobs);
            case AuditReply.NotRunning(var id) -> writer.u8(NOT_RUNNING).varint(id.index());
        }
    }

    @Override
    public AuditReply read(BinaryReader reader) {
        int number = reader.u8();
        return switch (number) {
            case STARTED -> new AuditReply.Started(readId(reader), readCount(reader), readCount(reader));
            case FULL -> new AuditReply.Full(reader.text(MAX_WORDS), readCount(reader));
            case CANCELLED -> new AuditReply.Cancelled(readId(reader), readCount(reader));
            case NOT_RUNNING -> new AuditReply.NotRunning(readId(reader));
            default -> throw new MalformedException("no reply about audits has the number " + number);
        };
    }

    private static AuditId readId(BinaryReader reader) {
        return new AuditId(reader.varint());
    }

    private static int readCount(BinaryReader reader) {
        return reader.count(Integer.MAX_VALUE);
    }
}
