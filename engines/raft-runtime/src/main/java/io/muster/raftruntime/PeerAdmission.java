package io.muster.raftruntime;

import io.muster.log.NodeId;
import io.muster.raft.FoundingStatus;
import java.util.Map;
import java.util.TreeMap;

/// What greetings mean to a node with a log: it remembers whom it met, and ends when its peers will not have it.
///
/// One peer that refuses may itself be the one that is wrong. When so many refuse that this node could not be part of a
/// majority any more, dialling on would only repeat the refusal: it ends, with their sentence.
final class PeerAdmission implements TcpTransport.Greetings {
    private final RaftEngineSettings settings;
    private final SqliteLogStore store;
    private final RaftLoop loop;
    private final Map<NodeId, String> refusals = new TreeMap<>();

    PeerAdmission(RaftEngineSettings settings, SqliteLogStore store, RaftLoop loop) {
        this.settings = settings;
        this.store = store;
        this.loop = loop;
    }

    @Override
    public void introduced(NodeId peer, FoundingStatus foundingStatus) {
        // Who it is was checked before it was let in.
    }

    @Override
    public void met(NodeId peer, Incarnation incarnation) {
        store.remember(peer, incarnation);
    }

    @Override
    public void refusedForGood(NodeId peer, String reason) {
        refusals.put(peer, reason);
        int voters = settings.peers().size() + 1;
        if (voters - refusals.size() <= voters / 2) {
            loop.fail(String.join(
                            " and ",
                            refusals.keySet().stream().map(NodeId::value).toList()) + " will not have this node: "
                    + reason);
        }
    }
}
