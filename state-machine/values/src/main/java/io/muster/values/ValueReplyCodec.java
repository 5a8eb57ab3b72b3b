package io.muster.values;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;
import io.muster.log.Reply;
import io.muster.log.ReplyCodec;

/// The stored form of a [ValueReply].
final class ValueReplyCodec implements ReplyCodec {
    private static final int MAX_WORDS = 256;

    private static final int STORED = 1;
    private static final int DELETED = 2;
    private static final int NOT_THERE = 3;
    private static final int ACCEPTED = 4;
    private static final int FULL = 5;

    @Override
    public void write(BinaryWriter writer, Reply reply) {
        switch ((ValueReply) reply) {
            case ValueReply.Stored(var revision) -> writer.u8(STORED).varint(revision);
            case ValueReply.Deleted() -> writer.u8(DELETED);
            case ValueReply.NotThere() -> writer.u8(NOT_THERE);
            case ValueReply.Accepted() -> writer.u8(ACCEPTED);
            case ValueReply.Full(var what, var limit) ->
                writer.u8(FULL).text(what).varint(limit);
        }
    }

    @Override
    public ValueReply read(BinaryReader reader) {
        int number = reader.u8();
        return switch (number) {
            case STORED -> new ValueReply.Stored(reader.varint());
            case DELETED -> new ValueReply.Deleted();
            case NOT_THERE -> new ValueReply.NotThere();
            case ACCEPTED -> new ValueReply.Accepted();
            case FULL -> new ValueReply.Full(reader.text(MAX_WORDS), reader.varint());
            default -> throw new MalformedException("no reply about values has the number " + number);
        };
    }
}
