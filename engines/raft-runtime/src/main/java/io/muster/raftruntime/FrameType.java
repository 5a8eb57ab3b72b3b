package io.muster.raftruntime;

import io.muster.encoding.MalformedException;

/// What a frame between two nodes carries. The codes are part of the wire format: they are added to, never reused.
enum FrameType {
    /// The first frame of the node that dialled: who it is.
    HELLO(1),
    /// What the node that answered says to a hello: who it is.
    WELCOME(2),
    /// Why the node that answered hangs up; see [HandshakeRefusal].
    REFUSED(3),
    /// One whole message.
    MESSAGE(4),
    /// A part of a message that does not fit one frame; more parts follow. Whole messages may come in between.
    PART(5),
    /// The last part of such a message.
    LAST_PART(6),
    /// The first frame of the node that answers, before it has heard anything: a number that the dialler's proof must
    /// cover.
    CHALLENGE(7),
    /// What a node says of itself now, after the greeting: where that is not what it said before, and where
    /// nothing else was said for a while, so that its clock is known.
    NEWS(8);

    private static final FrameType[] BY_CODE = {HELLO, WELCOME, REFUSED, MESSAGE, PART, LAST_PART, CHALLENGE, NEWS};

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static FrameType of(int code) {
        if (code < 1 || code > BY_CODE.length) {
            throw new MalformedException("frame type " + code + " is not known here");
        }
        return BY_CODE[code - 1];
    }
}
