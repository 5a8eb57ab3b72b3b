package io.muster.state;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;
import io.muster.encoding.Utf8;
import io.muster.log.Envelope;
import io.muster.log.Reply;
import io.muster.log.ReplyCodec;

/// The stored form of a [StateReply].
final class StateReplyCodec implements ReplyCodec {
    private static final int MAX_SENTENCE_BYTES = 1 << 10;

    private static final int DONE = 1;
    private static final int REJECTED = 2;
    private static final int KEY_CONFLICT = 3;
    private static final int KEYS_FULL = 4;

    @Override
    public void write(BinaryWriter writer, Reply reply) {
        switch ((StateReply) reply) {
            case StateReply.Done() -> writer.u8(DONE);
            case StateReply.Rejected(var reason) -> writer.u8(REJECTED).text(Utf8.cut(reason, MAX_SENTENCE_BYTES));
            case StateReply.KeyConflict(var key) -> writer.u8(KEY_CONFLICT).text(key);
            case StateReply.KeysFull(var limit, var retryAfterMillis) ->
                writer.u8(KEYS_FULL).varint(limit).varint(retryAfterMillis);
        }
    }

    @Override
    public StateReply read(BinaryReader reader) {
        int number = reader.u8();
        return switch (number) {
            case DONE -> new StateReply.Done();
            case REJECTED -> new StateReply.Rejected(reader.text(MAX_SENTENCE_BYTES));
            case KEY_CONFLICT -> new StateReply.KeyConflict(reader.text(Envelope.MAX_NAME_BYTES));
            case KEYS_FULL -> new StateReply.KeysFull(reader.count(Integer.MAX_VALUE), reader.varint());
            default -> throw new MalformedException("no reply of the state machine has the number " + number);
        };
    }
}
