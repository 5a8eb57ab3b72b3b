package io.muster.raftruntime;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.nio.charset.StandardCharsets;

/// Why a node hangs up on another that introduced itself.
///
/// Sent as: weight `u8` · the reason as text.
///
/// @param weight whether trying again may help
/// @param reason a sentence for the operator of the one who is refused
record HandshakeRefusal(Weight weight, String reason) {
    /// Every reason that this version gives is shorter.
    private static final int LONGEST = 800;

    /// Whether trying again may help.
    enum Weight {
        /// It may be otherwise next time.
        FOR_NOW(0),
        /// It will be so for as long as the other's folder is what it is.
        FOR_GOOD(1),
        /// The other is no member.
        NO_MEMBER(2);

        private final int code;

        Weight(int code) {
            this.code = code;
        }

        static Weight of(int code) {
            return switch (code) {
                case 0 -> FOR_NOW;
                case 1 -> FOR_GOOD;
                case 2 -> NO_MEMBER;
                default -> throw new MalformedException("a refusal of weight " + code);
            };
        }
    }

    static HandshakeRefusal forNow(String reason) {
        return new HandshakeRefusal(Weight.FOR_NOW, reason);
    }

    static HandshakeRefusal forGood(String reason) {
        return new HandshakeRefusal(Weight.FOR_GOOD, reason);
    }

    static HandshakeRefusal noMember(String reason) {
        return new HandshakeRefusal(Weight.NO_MEMBER, reason);
    }

    Bytes encode() {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(new BinaryWriter().u8(weight.code).raw(text).toBytes());
    }

    static HandshakeRefusal decode(Bytes content) {
        var reader = BinaryReader.over(content.array());
        Weight weight = Weight.of(reader.u8());
        String text = new String(reader.raw(reader.remaining()), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
        return new HandshakeRefusal(weight, text.length() <= LONGEST ? text : text.substring(0, LONGEST));
    }
}
