package io.muster.raft;

import io.muster.log.NodeId;
import io.muster.log.VoterId;
import java.util.Optional;

/// Whether this node is one of those whom a configuration names.
///
/// A name does not say so: a node that takes a name with an empty folder is sent a log in which another
/// once voted under it, perhaps alone. It would elect itself by that one's vote, which it does not have
/// (T47).
final class OwnMembership {
    private final NodeId self;
    private final Optional<VoterId> identity;
    private final RaftLog log;

    /// @param identity who this node is beyond its name; empty where its name alone is known
    OwnMembership(NodeId self, Optional<VoterId> identity, RaftLog log) {
        this.self = self;
        this.identity = identity;
        this.log = log;
    }

    /// Whether this node has a vote in the configuration in force.
    boolean isVoter() {
        return isVoterIn(log.configuration());
    }

    /// Whether this node may have to lead: it has a vote in the configuration in force, or in one
    /// before it that is not known to be outdone. One that is no voter in the last configuration of its
    /// log may be the only node that has it, and nobody else could then be elected (thesis §4.2.2).
    boolean isNeeded() {
        long committed = log.committedConfiguration().index();
        return log.knownConfigurations().stream()
                .filter(stored -> stored.index() >= committed)
                .anyMatch(stored -> isVoterIn(stored.configuration()));
    }

    /// Whether this node takes part in `configuration` at all.
    boolean isMemberOf(Configuration configuration) {
        return configuration.isMember(self) && isMeant(configuration);
    }

    /// Whether any configuration that is known here has this node.
    boolean everWasMember() {
        return log.knownConfigurations().stream().anyMatch(stored -> isMemberOf(stored.configuration()));
    }

    private boolean isVoterIn(Configuration configuration) {
        return configuration.isVoter(self) && isMeant(configuration);
    }

    private boolean isMeant(Configuration configuration) {
        var meant = configuration.identities().get(self);
        return meant == null || identity.isEmpty() || identity.get().equals(meant);
    }
}
