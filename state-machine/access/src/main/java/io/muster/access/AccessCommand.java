package io.muster.access;

import io.muster.encoding.Bytes;
import io.muster.log.CommandKind;
import io.muster.log.LogCommand;
import io.muster.log.NodeId;

/// Everything that can be asked of the access ledger through the log.
public sealed interface AccessCommand extends LogCommand {
    @Override
    default CommandKind<AccessCommand> kind() {
        return AccessCommands.kind(this);
    }

    @Override
    default Bytes encode() {
        return AccessCommands.encode(this);
    }

    /// Adds a key.
    record AddKey(KeyRecord key) implements AccessCommand {
        @Override
        public String summary() {
            return key.summary();
        }
    }

    /// Adds a key only while there is no usable admin key at all: how a new cluster gets its first one, whichever
    /// node asks first.
    record AddFirstKey(KeyRecord key) implements AccessCommand {
        public AddFirstKey {
            if (key.role() != Role.ADMIN) {
                throw new IllegalArgumentException("the first key is an admin's, not a " + key.role() + "'s");
            }
        }

        @Override
        public String summary() {
            return key.summary();
        }
    }

    /// Ends a key for good.
    record RevokeKey(String id) implements AccessCommand {
        public RevokeKey {
            KeyRecord.checkId(id);
        }

        @Override
        public String summary() {
            return id;
        }
    }

    /// Invites a node.
    record Invite(Invitation invitation) implements AccessCommand {}

    /// Comes with an invitation.
    ///
    /// @param id which one
    /// @param hash SHA-256 of the secret that was shown
    /// @param guest who comes
    record Redeem(String id, Bytes hash, InvitationView.Guest guest) implements AccessCommand {
        public Redeem {
            KeyRecord.checkId(id);
            if (hash.size() != AccessLimits.HASH_BYTES) {
                throw new IllegalArgumentException("a hash has " + AccessLimits.HASH_BYTES + " bytes");
            }
        }
    }

    /// Takes an invitation back that nobody has used.
    record RevokeInvitation(String id) implements AccessCommand {
        public RevokeInvitation {
            KeyRecord.checkId(id);
        }
    }

    /// Whoever came as `node` is what it asked to be.
    record Settle(NodeId node) implements AccessCommand {}

    /// Somebody decides about a member. The log's engine carries it out: this keeps it on record, and a guest that is
    /// made something else is not on its way any more.
    ///
    /// @param act what is to happen
    /// @param node to whom
    /// @param detail what else belongs to it, such as an address; `""` for nothing
    record DecideMember(MemberAct act, NodeId node, String detail) implements AccessCommand {
        public DecideMember {
            AccessLimits.checkNote("detail", detail);
        }
    }
}
