package io.muster.raftruntime;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.LogTime;
import io.muster.log.SnapshotMeta;
import io.muster.raft.Batch;
import io.muster.raft.Message;
import io.muster.raft.RaftConfig;
import java.util.ArrayList;
import java.util.List;

/// The messages of consensus as bytes: version u8 · kind u8 · term i64 · the message's own fields in
/// the order of its record, numbers as i64, claims as one byte; an append ends with the number of its
/// batches and the batches as the leader sealed them, an install with what the engine keeps in the
/// snapshot and the piece, each with its length in front. The frames around a message carry the
/// checksum.
final class MessageCodec {
    private static final int VERSION = 1;

    /// An append stops at a mebibyte, and a batch takes 38 bytes and more.
    private static final int MAX_BATCHES = 1 << 16;

    /// A piece of a snapshot fits one frame with room to spare, so that a heartbeat waits for no more
    /// than it.
    private static final int MAX_PIECE_BYTES = RaftConfig.MAX_PIECE_BYTES;

    /// A configuration and its index; see [io.muster.raft.Configuration#MAX_BYTES].
    private static final int MAX_ENGINE_BYTES = 1 << 17;

    private static final int FIXED_BYTES = 64;

    private static final int PRE_VOTE_REQUEST = 1;
    private static final int PRE_VOTE_REPLY = 2;
    private static final int VOTE_REQUEST = 3;
    private static final int VOTE_REPLY = 4;
    private static final int APPEND = 5;
    private static final int APPEND_ACCEPTED = 6;
    private static final int APPEND_REJECTED = 7;
    private static final int HEARTBEAT = 8;
    private static final int HEARTBEAT_REPLY = 9;
    private static final int COMMIT_NOTICE = 10;
    private static final int BARRIER_REQUEST = 11;
    private static final int BARRIER_REPLY = 12;
    private static final int RESIGNED = 13;
    private static final int TIMEOUT_NOW = 32;
    private static final int INSTALL_SNAPSHOT = 33;
    private static final int INSTALL_WANTED = 34;

    /// A kind of its own, with the fields of a vote request: who does not know it must not take it for
    /// one.
    private static final int FORCED_VOTE_REQUEST = 35;

    private static final int MEMBERSHIP_ASKED = 36;
    private static final int NOT_MEMBER = 37;

    private MessageCodec() {}

    /// How many bytes of batches or of a snapshot `message` carries: 0 for everything that must not
    /// wait behind them.
    static long bulkBytes(Message message) {
        if (message instanceof Message.InstallSnapshot install) {
            return install.bytes().size();
        }
        if (!(message instanceof Message.Append append)) {
            return 0;
        }
        long size = 0;
        for (Batch batch : append.batches()) {
            size += batch.size();
        }
        return size;
    }

    /// From which version of the conversation between nodes on `message` is known; see
    /// [Hello#PROTOCOL].
    static int protocol(Message message) {
        return switch (message) {
            case Message.MembershipAsked _, Message.NotMember _ -> 4;
            case Message.TimeoutNow _ -> 3;
            case Message.VoteRequest request when request.isForced() -> 3;
            case Message.InstallSnapshot _, Message.InstallWanted _ -> 2;
            case Message.PreVoteRequest _,
                    Message.PreVoteReply _,
                    Message.VoteRequest _,
                    Message.VoteReply _,
                    Message.Append _,
                    Message.AppendAccepted _,
                    Message.AppendRejected _,
                    Message.Heartbeat _,
                    Message.HeartbeatReply _,
                    Message.CommitNotice _,
                    Message.BarrierRequest _,
                    Message.BarrierReply _,
                    Message.Resigned _ -> 1;
        };
    }

    static byte[] encode(Message message) {
        var writer = new BinaryWriter(FIXED_BYTES + (int) bulkBytes(message)).u8(VERSION);
        switch (message) {
            case Message.PreVoteRequest m ->
                head(writer, PRE_VOTE_REQUEST, m)
                        .i64(m.ballot())
                        .i64(m.lastIndex())
                        .i64(m.lastTerm());
            case Message.PreVoteReply m ->
                head(writer, PRE_VOTE_REPLY, m).i64(m.ballot()).flag(m.isGranted());
            case Message.VoteRequest m ->
                head(writer, m.isForced() ? FORCED_VOTE_REQUEST : VOTE_REQUEST, m)
                        .i64(m.lastIndex())
                        .i64(m.lastTerm());
            case Message.VoteReply m -> head(writer, VOTE_REPLY, m).flag(m.isGranted());
            case Message.Append m -> append(head(writer, APPEND, m), m);
            case Message.AppendAccepted m ->
                head(writer, APPEND_ACCEPTED, m).i64(m.session()).i64(m.match());
            case Message.AppendRejected m ->
                head(writer, APPEND_REJECTED, m)
                        .i64(m.session())
                        .i64(m.prevIndex())
                        .i64(m.hintIndex())
                        .i64(m.hintTerm());
            case Message.Heartbeat m ->
                head(writer, HEARTBEAT, m).i64(m.round()).i64(m.commit());
            case Message.HeartbeatReply m -> head(writer, HEARTBEAT_REPLY, m).i64(m.round());
            case Message.CommitNotice m -> head(writer, COMMIT_NOTICE, m).i64(m.commit());
            case Message.BarrierRequest m -> head(writer, BARRIER_REQUEST, m).i64(m.ticket());
            case Message.BarrierReply m ->
                head(writer, BARRIER_REPLY, m).i64(m.ticket()).i64(m.index());
            case Message.Resigned m -> head(writer, RESIGNED, m);
            case Message.TimeoutNow m -> head(writer, TIMEOUT_NOW, m);
            case Message.MembershipAsked m -> head(writer, MEMBERSHIP_ASKED, m);
            case Message.NotMember m -> head(writer, NOT_MEMBER, m).i64(m.index());
            case Message.InstallSnapshot m -> install(head(writer, INSTALL_SNAPSHOT, m), m);
            case Message.InstallWanted m ->
                head(writer, INSTALL_WANTED, m).i64(m.session()).i64(m.index()).i64(m.offset());
        }
        return writer.toBytes();
    }

    /// Reads a message that fills `payload`; throws [MalformedException] otherwise.
    static Message decode(Bytes payload) {
        var reader = BinaryReader.over(payload.array());
        int version = reader.u8();
        if (version != VERSION) {
            throw new MalformedException("message version " + version + " is not known here, only " + VERSION);
        }
        Message message = decode(reader.u8(), reader.i64(), reader);
        reader.end();
        return message;
    }

    private static Message decode(int kind, long term, BinaryReader in) {
        if (term < 0) {
            throw new MalformedException("a message of term " + term);
        }
        return switch (kind) {
            case PRE_VOTE_REQUEST -> new Message.PreVoteRequest(term, in.i64(), index(in), index(in));
            case PRE_VOTE_REPLY -> new Message.PreVoteReply(term, in.i64(), in.flag());
            case VOTE_REQUEST -> new Message.VoteRequest(term, index(in), index(in));
            case VOTE_REPLY -> new Message.VoteReply(term, in.flag());
            case APPEND -> append(term, in);
            case APPEND_ACCEPTED -> new Message.AppendAccepted(term, in.i64(), index(in));
            case APPEND_REJECTED -> new Message.AppendRejected(term, in.i64(), index(in), index(in), index(in));
            case HEARTBEAT -> new Message.Heartbeat(term, in.i64(), index(in));
            case HEARTBEAT_REPLY -> new Message.HeartbeatReply(term, in.i64());
            case COMMIT_NOTICE -> new Message.CommitNotice(term, index(in));
            case BARRIER_REQUEST -> new Message.BarrierRequest(term, in.i64());
            case BARRIER_REPLY -> new Message.BarrierReply(term, in.i64(), index(in));
            case RESIGNED -> new Message.Resigned(term);
            case TIMEOUT_NOW -> new Message.TimeoutNow(term);
            case MEMBERSHIP_ASKED -> new Message.MembershipAsked(term);
            case NOT_MEMBER -> notMember(term, in);
            case FORCED_VOTE_REQUEST -> new Message.VoteRequest(term, index(in), index(in), true);
            case INSTALL_SNAPSHOT -> install(term, in);
            case INSTALL_WANTED -> new Message.InstallWanted(term, in.i64(), index(in), index(in));
            default -> throw new MalformedException("message kind " + kind + " is not known here");
        };
    }

    private static Message.NotMember notMember(long term, BinaryReader in) {
        long index = index(in);
        if (index == 0) {
            throw new MalformedException("a configuration that stands nowhere");
        }
        return new Message.NotMember(term, index);
    }

    private static BinaryWriter head(BinaryWriter writer, int kind, Message message) {
        return writer.u8(kind).i64(message.term());
    }

    private static void append(BinaryWriter writer, Message.Append append) {
        writer.i64(append.session())
                .i64(append.prevIndex())
                .i64(append.prevTerm())
                .i64(append.commit())
                .i32(append.batches().size());
        append.batches().forEach(batch -> batch.write(writer));
    }

    private static Message.Append append(long term, BinaryReader in) {
        long session = in.i64();
        long prevIndex = index(in);
        long prevTerm = index(in);
        long commit = index(in);
        int count = in.i32();
        if (count < 0 || count > MAX_BATCHES) {
            throw new MalformedException("an append of " + count + " batches is over the limit of " + MAX_BATCHES);
        }
        List<Batch> batches = new ArrayList<>(Math.min(count, 64));
        long next = prevIndex + 1;
        for (int i = 0; i < count; i++) {
            Batch batch = Batch.read(in);
            if (batch.firstIndex() != next) {
                throw new MalformedException("an append with a gap before " + batch.firstIndex());
            }
            next = batch.lastIndex() + 1;
            batches.add(batch);
        }
        return new Message.Append(term, session, prevIndex, prevTerm, batches, commit);
    }

    private static void install(BinaryWriter writer, Message.InstallSnapshot install) {
        var meta = install.meta();
        writer.i64(install.session())
                .i64(meta.lastIndex())
                .i64(meta.lastTerm())
                .i64(meta.lastTime().micros())
                .i64(meta.lastTime().elapsedMicros())
                .i64(install.offset())
                .flag(install.isLast())
                .blob(meta.engine())
                .blob(install.bytes());
    }

    private static Message.InstallSnapshot install(long term, BinaryReader in) {
        long session = in.i64();
        long lastIndex = index(in);
        long lastTerm = index(in);
        var lastTime = new LogTime(in.i64(), in.i64());
        long offset = index(in);
        boolean isLast = in.flag();
        Bytes engine = in.bytes(MAX_ENGINE_BYTES);
        Bytes bytes = in.bytes(MAX_PIECE_BYTES);
        if (lastIndex == 0) {
            throw new MalformedException("a snapshot of nothing");
        }
        var meta = new SnapshotMeta(lastIndex, lastTerm, lastTime, engine);
        return new Message.InstallSnapshot(term, session, meta, offset, bytes, isLast);
    }

    /// An index, an offset or a term: never negative.
    private static long index(BinaryReader in) {
        long value = in.i64();
        if (value < 0) {
            throw new MalformedException("an index or term of " + value + " at " + in.position());
        }
        return value;
    }
}
