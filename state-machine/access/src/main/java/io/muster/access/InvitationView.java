package io.muster.access;

import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.security.MessageDigest;

/// An invitation in a listing.
///
/// @param invitation what is kept of it; its hash is of no use to a reader
/// @param createdMicros log time at which it was given
/// @param standing what has become of it; that it has expired is not told here
public record InvitationView(Invitation invitation, long createdMicros, Redemption standing) {
    /// What has become of an invitation.
    public sealed interface Redemption {
        /// Nobody has come with it.
        record Open() implements Redemption {}

        /// Somebody takes it back.
        record Revoked() implements Redemption {}

        /// A node has come with it and is on its way to what it asked to be.
        record Used(Guest guest) implements Redemption {}

        /// The node that came with it is what it asked to be, or has been made something else since.
        record Settled(Guest guest) implements Redemption {}
    }

    /// Who came with an invitation.
    ///
    /// @param identity which data folder it came with
    /// @param aim what it is to become
    public record Guest(VoterId identity, Aim aim) {}

    /// What a node that joins is to become.
    public enum Aim {
        /// It votes as soon as it has caught up.
        VOTER,
        /// It receives the log, and votes when somebody promotes it.
        LEARNER
    }

    /// Whether it can still let somebody in, as far as log time does not say otherwise.
    public boolean isOpen() {
        return standing instanceof Redemption.Open;
    }

    /// Whether who came with it is on its way.
    boolean isUnderWay() {
        return standing instanceof Redemption.Used;
    }

    /// Whether `hash` is that of its secret; takes as long for a wrong one as for the right one.
    public boolean isProvenBy(Bytes hash) {
        return MessageDigest.isEqual(invitation.hash().array(), hash.array());
    }

    /// Whether the voter `identity` came as `node` with it.
    public boolean letIn(NodeId node, VoterId identity) {
        return invitation.node().equals(node)
                && switch (standing) {
                    case Redemption.Open _, Redemption.Revoked _ -> false;
                    case Redemption.Used(Guest guest) -> guest.identity().equals(identity);
                    case Redemption.Settled(Guest guest) -> guest.identity().equals(identity);
                };
    }

    InvitationView with(Redemption next) {
        return new InvitationView(invitation, createdMicros, next);
    }
}
