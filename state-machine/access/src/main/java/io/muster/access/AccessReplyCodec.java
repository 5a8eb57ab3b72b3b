package io.muster.access;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;
import io.muster.log.Reply;
import io.muster.log.ReplyCodec;

/// The stored form of an [AccessReply].
final class AccessReplyCodec implements ReplyCodec {
    private static final int DONE = 1;
    private static final int ALREADY_THERE = 2;
    private static final int NOT_THERE = 3;
    private static final int LAST_ADMIN_KEY = 4;
    private static final int FULL = 5;
    private static final int EXPIRED = 6;
    private static final int REVOKED = 7;
    private static final int USED = 8;

    @Override
    public void write(BinaryWriter writer, Reply reply) {
        switch ((AccessReply) reply) {
            case AccessReply.Done() -> writer.u8(DONE);
            case AccessReply.AlreadyThere() -> writer.u8(ALREADY_THERE);
            case AccessReply.NotThere() -> writer.u8(NOT_THERE);
            case AccessReply.LastAdminKey() -> writer.u8(LAST_ADMIN_KEY);
            case AccessReply.Expired(var micros) -> writer.u8(EXPIRED).varint(micros);
            case AccessReply.Revoked() -> writer.u8(REVOKED);
            case AccessReply.Used() -> writer.u8(USED);
            case AccessReply.Full(var limit) -> writer.u8(FULL).varint(limit);
        }
    }

    @Override
    public AccessReply read(BinaryReader reader) {
        int number = reader.u8();
        return switch (number) {
            case DONE -> new AccessReply.Done();
            case ALREADY_THERE -> new AccessReply.AlreadyThere();
            case NOT_THERE -> new AccessReply.NotThere();
            case LAST_ADMIN_KEY -> new AccessReply.LastAdminKey();
            case FULL -> new AccessReply.Full(reader.count(Integer.MAX_VALUE));
            case EXPIRED -> new AccessReply.Expired(reader.varint());
            case REVOKED -> new AccessReply.Revoked();
            case USED -> new AccessReply.Used();
            default -> throw new MalformedException("no reply about access has the number " + number);
        };
    }
}
