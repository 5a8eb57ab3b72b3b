package io.muster.references;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;
import io.muster.log.Reply;
import io.muster.log.ReplyCodec;

/// The stored form of a [ReferenceReply].
final class ReferenceReplyCodec implements ReplyCodec {
    private static final int MAX_WORDS = 1_024;

    private static final int KEPT = 1;
    private static final int NOT_RUNNING = 2;
    private static final int PUBLISHED = 3;
    private static final int MARKED = 4;
    private static final int PROOF_TOO_OLD = 5;
    private static final int FULL = 6;

    private static final int OF_OBJECT = 1;
    private static final int OF_OWNER = 2;
    private static final int IN_TOTAL = 3;

    @Override
    public void write(BinaryWriter writer, Reply reply) {
        switch ((ReferenceReply) reply) {
            case ReferenceReply.Kept() -> writer.u8(KEPT);
            case ReferenceReply.NotRunning(var job, var attempt) ->
                writer.u8(NOT_RUNNING).text(job).varint(attempt);
            case ReferenceReply.Published() -> writer.u8(PUBLISHED);
            case ReferenceReply.Marked() -> writer.u8(MARKED);
            case ReferenceReply.ProofTooOld() -> writer.u8(PROOF_TOO_OLD);
            case ReferenceReply.Full(var room, var reason) ->
                writer.u8(FULL).u8(number(room)).text(reason);
        }
    }

    @Override
    public ReferenceReply read(BinaryReader reader) {
        int number = reader.u8();
        return switch (number) {
            case KEPT -> new ReferenceReply.Kept();
            case NOT_RUNNING ->
                new ReferenceReply.NotRunning(
                        reader.text(ReferenceLimits.MAX_NAME_BYTES), reader.count(Integer.MAX_VALUE));
            case PUBLISHED -> new ReferenceReply.Published();
            case MARKED -> new ReferenceReply.Marked();
            case PROOF_TOO_OLD -> new ReferenceReply.ProofTooOld();
            case FULL -> new ReferenceReply.Full(room(reader.u8()), reader.text(MAX_WORDS));
            default -> throw new MalformedException("no reply about references has the number " + number);
        };
    }

    private static int number(ReferenceReply.Room room) {
        return switch (room) {
            case OF_OBJECT -> OF_OBJECT;
            case OF_OWNER -> OF_OWNER;
            case IN_TOTAL -> IN_TOTAL;
        };
    }

    private static ReferenceReply.Room room(int number) {
        return switch (number) {
            case OF_OBJECT -> ReferenceReply.Room.OF_OBJECT;
            case OF_OWNER -> ReferenceReply.Room.OF_OWNER;
            case IN_TOTAL -> ReferenceReply.Room.IN_TOTAL;
            default -> throw new MalformedException("no room has the number " + number);
        };
    }
}
