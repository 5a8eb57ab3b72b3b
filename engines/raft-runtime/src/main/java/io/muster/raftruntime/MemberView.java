package io.muster.raftruntime;

import io.muster.log.MemberStatus;
import io.muster.log.MemberStatus.Vote;
import io.muster.log.NodeId;
import io.muster.raft.Configuration;
import io.muster.raft.RaftStatus;
import io.muster.raft.RaftStatus.MemberRole;
import java.util.List;
import java.util.Optional;

/// Who takes part, as one node's core sees it, for people to see.
final class MemberView {
    private MemberView() {}

    static List<MemberStatus> of(NodeId self, RaftStatus raft) {
        return raft.configuration().members().stream()
                .map(member -> member(member, self, raft))
                .toList();
    }

    private static MemberStatus member(NodeId member, NodeId self, RaftStatus raft) {
        var configuration = raft.configuration();
        boolean isLeader = raft.role() == MemberRole.LEADER;
        long stored = member.equals(self) ? raft.durableIndex() : raft.matches().getOrDefault(member, 0L);
        return new MemberStatus(
                member,
                vote(member, configuration),
                Optional.ofNullable(configuration.identities().get(member)),
                Optional.ofNullable(configuration.addresses().get(member)),
                isLeader ? stored : 0,
                isLeader ? raft.lastIndex() - stored : 0);
    }

    private static Vote vote(NodeId member, Configuration configuration) {
        boolean isVoter = configuration.voters().contains(member);
        boolean wasVoter = configuration.outgoing().contains(member);
        if (isVoter) {
            return configuration.isJoint() && !wasVoter ? Vote.COMING : Vote.VOTER;
        }
        return wasVoter ? Vote.LEAVING : Vote.LEARNER;
    }
}
