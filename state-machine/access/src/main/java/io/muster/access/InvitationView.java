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
public record InvitationView(Invitation invitation, long createdMicros, Standing standing) {
    /// What has become of an invitation.
    public sealed interface Standing {
        /// Nobody has come with it.
        record Open() implements Standing {}

        /// Somebody takes it back.
        record Revoked() implements Standing {}

        /// A node has come with it and is on its way to what it asked to be.
        record Used(Guest guest) implements Standing {}

        /// The node that came with it is what it asked to be, or has been made something else since.
        record Settled(Guest guest) implements Standing {}
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
        return standing instanceof Standing.Open;
    }

    /// Whether who came with it is on its way.
    boolean isUnderWay() {
        return standing instanceof Standing.Used;
    }

    /// Whether `hash` is that of its secret; takes as long for a wrong one as for the right one.
    public boolean isProvenBy(Bytes hash) {
        return MessageDigest.isEqual(invitation.hash().array(), hash.array());
    }

    /// Whether the voter `identity` came as `node` with it.
    public boolean letIn(NodeId node, VoterId identity) {
        return invitation.node().equals(node)
                && switch (standing) {
                    case Standing.Open _, Standing.Revoked _ -> false;
                    case Standing.Used(Guest guest) -> guest.identity().equals(identity);
                    case Standing.Settled(Guest guest) -> guest.identity().equals(identity);
                };
    }

    InvitationView with(Standing next) {
        return new InvitationView(invitation, createdMicros, next);
    }
}
