package io.muster.raftruntime;

import io.muster.raft.Raft;
import io.muster.raft.StoredConfiguration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps the transport in step with the configuration in a node's log, on the loop's thread. It is in force from the
/// moment it is appended, and may be rolled back until it is committed (Raft §6).
final class MembershipFollower {
    private final Raft raft;
    private final Transport transport;
    private StoredConfiguration told = StoredConfiguration.NONE;
    private boolean isCommitted;
    private @Nullable String removal;

    MembershipFollower(Raft raft, Transport transport) {
        this.raft = raft;
        this.transport = transport;
    }

    /// This node is no member any more, for the reason that is given: its loop is to end.
    void removed(String reason) {
        removal = reason;
    }

    /// Why this node is no member any more.
    Optional<String> removal() {
        return Optional.ofNullable(removal);
    }

    /// Looks whether the members are others, or are known for good.
    void look() {
        StoredConfiguration now = raft.storedConfiguration();
        if (!now.equals(told)) {
            told = now;
            isCommitted = false;
            transport.members(now.configuration());
        }
        if (!isCommitted && raft.commitIndex() >= told.index()) {
            isCommitted = true;
            transport.membersCommitted();
        }
    }
}
