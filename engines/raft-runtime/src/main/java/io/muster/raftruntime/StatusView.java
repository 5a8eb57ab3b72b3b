package io.muster.raftruntime;

import io.muster.log.EngineReport.PeerLink;
import io.muster.log.EngineStatus;
import io.muster.log.NodeId;
import io.muster.raft.RaftStatus;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Puts together what the core and the transport know for people to see.
final class StatusView {
    private StatusView() {}

    static EngineStatus of(NodeId self, RaftStatus raft, Transport transport, long wallAheadMillis) {
        return new EngineStatus(
                self,
                role(raft.role()),
                raft.term(),
                raft.leader(),
                raft.lastIndex(),
                raft.durableIndex(),
                raft.commitIndex(),
                raft.role() == RaftStatus.MemberRole.LEADER ? wallAheadMillis : 0,
                MemberView.of(self, raft),
                raft.configuration().isJoint(),
                peers(self, raft, transport),
                details(raft));
    }

    /// The way to each other member.
    static List<PeerLink> links(NodeId self, RaftStatus raft, Transport transport) {
        return raft.configuration().members().stream()
                .filter(member -> !member.equals(self))
                .map(transport::link)
                .toList();
    }

    private static SortedMap<String, String> details(RaftStatus raft) {
        var details = new TreeMap<String, String>();
        raft.votedFor().ifPresent(node -> details.put("votedFor", node.value()));
        details.put("votes", Integer.toString(raft.votes()));
        return details;
    }

    /// Someone who asks whether a vote could be won is looking for votes, whether or not the term has risen yet.
    private static EngineStatus.NodeRole role(RaftStatus.MemberRole role) {
        return switch (role) {
            case FOLLOWER -> EngineStatus.NodeRole.FOLLOWER;
            case PRE_CANDIDATE, CANDIDATE -> EngineStatus.NodeRole.CANDIDATE;
            case LEADER -> EngineStatus.NodeRole.LEADER;
        };
    }

    private static List<EngineStatus.PeerStatus> peers(NodeId self, RaftStatus raft, Transport transport) {
        return raft.configuration().members().stream()
                .filter(member -> !member.equals(self))
                .map(member -> {
                    Transport.PeerView view = transport.peer(member);
                    return new EngineStatus.PeerStatus(
                            member,
                            view.isConnected(),
                            view.apiAddress(),
                            view.featureLevel(),
                            view.attributes(),
                            view.clockSkewMillis());
                })
                .toList();
    }
}
