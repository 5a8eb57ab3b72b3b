package io.muster.raftruntime;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.NodeId;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// This node as it shows itself to others, and the checks that every frame of theirs must pass.
///
/// @param sender what stands in each of our frames
/// @param introduction what we say when a connection opens
/// @param secret what every node of the cluster proves to know
record LocalIdentity(Frame.Sender sender, Introduction introduction, ClusterSecret secret) {
    NodeId self() {
        return introduction.hello().node();
    }

    /// Why `frame` is not for us, or null where it is.
    @Nullable String objectionTo(Frame frame) {
        if (!frame.cluster().equals(sender.cluster())) {
            return "cluster " + frame.cluster() + " is not this node's cluster " + sender.cluster();
        }
        if (frame.group() != sender.group()) {
            return "group " + frame.group() + " is not known here, only " + sender.group();
        }
        return null;
    }

    /// This node with other attributes.
    LocalIdentity saying(Map<String, String> attributes) {
        Hello next = introduction.hello().saying(attributes);
        return new LocalIdentity(
                sender, new Introduction(next, introduction.foundingStatus(), introduction.runs()), secret);
    }

    /// A whole frame of ours, ready to be written.
    ByteBuffer frame(FrameType type, Bytes payload, long wallMicros) {
        ByteBuffer out = ByteBuffer.allocate(Frame.OVERHEAD + payload.size());
        Frame.write(out, type, sender, wallMicros, ByteBuffer.wrap(payload.array()));
        return out.flip();
    }

    /// `content` with the proof before it that we know the secret.
    Bytes sealed(ClusterSecret.Side side, Nonces nonces, FrameType type, Bytes content) {
        return Bytes.wrap(new BinaryWriter()
                .raw(secret.proof(side, nonces, type, content))
                .raw(content.array())
                .toBytes());
    }

    /// What [#sealed] made, without the proof; throws [MalformedException] where it proves nothing.
    Bytes unsealed(ClusterSecret.Side side, Nonces nonces, FrameType type, Bytes payload) {
        var reader = BinaryReader.over(payload.array());
        byte[] proof = reader.raw(ClusterSecret.PROOF_BYTES);
        Bytes content = Bytes.wrap(reader.raw(reader.remaining()));
        if (!secret.isProven(proof, side, nonces, type, content)) {
            throw new MalformedException(
                    "it does not prove that it knows this cluster's secret: give all nodes the same "
                            + "cluster.secretFile");
        }
        return content;
    }
}
